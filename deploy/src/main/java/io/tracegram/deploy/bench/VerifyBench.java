package io.tracegram.deploy.bench;

import com.sun.management.OperatingSystemMXBean;
import io.tracegram.deploy.verify.DirectorySource;
import io.tracegram.deploy.verify.LogVerifier;
import io.tracegram.deploy.verify.VerifyReport;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.EntryBundle;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.verification.Finding;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Measures the verification of a log it writes first, with and without signatures, and in between
 * what hashing, reading and checking the same leaves costs by itself. Single-threaded to its
 * caller.
 */
public final class VerifyBench {
  private static final int ROUNDS = 3;
  private static final int SAMPLE_BUNDLES = 24;

  private final Path directory;
  private final int statements;
  private final int readings;

  /**
   * @param directory for the log, which stays there
   * @param statements of agents; closes and results come on top
   * @param readings in each
   */
  public VerifyBench(Path directory, int statements, int readings) {
    this.directory = directory;
    this.statements = statements;
    this.readings = readings;
  }

  /**
   * Writes the log, warms up and measures.
   *
   * @throws IOException if the log does not verify: then there is nothing to measure
   */
  public VerifyResult run(Consumer<String> talk) throws IOException {
    talk.accept("Signing and logging " + statements + " statements …");
    long leaves = write();
    LogVerifier warmUp =
        new LogVerifier(new DirectorySource(directory), Optional.empty(), (done, size) -> {});
    VerifyReport report = warmUp.verify();
    if (!report.verified()) {
      throw new IOException("the log does not verify: " + report.findings().getFirst());
    }
    List<byte[]> sample = sample(leaves);
    Bare bare = new Bare(sample);
    bare.measure();
    List<Run> checked = new ArrayList<>();
    List<Run> believed = new ArrayList<>();
    List<Bare.Costs> costs = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      talk.accept("Verifying " + leaves + " leaves, round " + round + " of " + ROUNDS + " …");
      costs.add(bare.measure());
      checked.add(
          Run.of(
              new LogVerifier(
                  new DirectorySource(directory), Optional.empty(), (done, size) -> {})));
      costs.add(bare.measure());
      believed.add(Run.of(LogVerifier.believingSignatures(new DirectorySource(directory))));
    }
    costs.add(bare.measure());
    return new VerifyResult(
        leaves,
        readings,
        Runtime.getRuntime().availableProcessors(),
        median(checked.stream().mapToDouble(Run::seconds).toArray()),
        median(checked.stream().mapToDouble(Run::cpuNanos).toArray()) / leaves,
        median(believed.stream().mapToDouble(Run::seconds).toArray()),
        median(believed.stream().mapToDouble(Run::cpuNanos).toArray()) / leaves,
        median(costs.stream().mapToDouble(Bare.Costs::hash).toArray()),
        median(costs.stream().mapToDouble(Bare.Costs::parse).toArray()),
        median(costs.stream().mapToDouble(Bare.Costs::signature).toArray()));
  }

  private long write() throws IOException {
    List<List<byte[]>> said =
        IntStream.range(0, BenchPlant.AGENTS)
            .parallel()
            .mapToObj(
                agent -> BenchPlant.statements(agent, statements / BenchPlant.AGENTS, readings))
            .toList();
    Map<String, PublicKey> agents = new TreeMap<>();
    for (int i = 0; i < BenchPlant.AGENTS; i++) {
      agents.put(BenchPlant.agent(i), BenchPlant.agentKey(i).publicKey());
    }
    try (BenchLog log =
        new BenchLog(
            directory,
            BenchPlant.model(),
            BenchPlant.gatewayKey(),
            BenchPlant.checkpointKey(),
            agents)) {
      for (int i = 0; i < statements / BenchPlant.AGENTS; i++) {
        for (List<byte[]> ofAgent : said) {
          log.take(SignedStatement.parse(ofAgent.get(i)));
        }
      }
      log.publish(note -> note);
      return log.size();
    }
  }

  /** Returns full bundles' entries from all over the log. */
  private List<byte[]> sample(long leaves) throws IOException {
    List<byte[]> entries = new ArrayList<>();
    long bundles = leaves / TilePath.FULL;
    DirectorySource source = new DirectorySource(directory);
    for (long i = 0; i < Math.min(bundles, SAMPLE_BUNDLES); i++) {
      long index = i * bundles / Math.min(bundles, SAMPLE_BUNDLES);
      byte[] bundle =
          source.tile(new TilePath(TilePath.ENTRIES, index, TilePath.FULL)).orElseThrow();
      entries.addAll(EntryBundle.decode(bundle, TilePath.FULL));
    }
    return entries;
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** One verification of the whole log; the process does nothing else meanwhile. */
  private record Run(double seconds, double cpuNanos) {
    static Run of(LogVerifier verifier) throws IOException {
      OperatingSystemMXBean process =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
      long cpu = process.getProcessCpuTime();
      long start = System.nanoTime();
      VerifyReport report = verifier.verify();
      long end = System.nanoTime();
      for (Finding finding : report.findings()) {
        if (finding.step() != Finding.Step.SIGNATURE || finding.leaf() >= 0) {
          throw new IOException("the log does not verify: " + finding);
        }
      }
      return new Run((end - start) / 1e9, process.getProcessCpuTime() - cpu);
    }
  }

  /** The same leaves, one thread, one thing at a time. */
  private static final class Bare {
    private static final int SIGNATURES = 2_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<byte[]> leaves;
    private final List<SignedStatement> statements;
    private final Map<Hash, PublicKey> keys;

    /** CPU time of one leaf, in nanoseconds. */
    private record Costs(double hash, double parse, double signature) {}

    Bare(List<byte[]> leaves) {
      this.leaves = leaves;
      keys = BenchPlant.keys();
      statements =
          leaves.stream()
              .map(leaf -> Leaf.parse(leaf).statement())
              .filter(statement -> keys.containsKey(statement.keyId()))
              .limit(SIGNATURES)
              .toList();
    }

    Costs measure() {
      long start = threads.getCurrentThreadCpuTime();
      leaves.forEach(Leaf::hash);
      long hashed = threads.getCurrentThreadCpuTime();
      leaves.forEach(Leaf::parse);
      long parsed = threads.getCurrentThreadCpuTime();
      for (SignedStatement statement : statements) {
        PublicKey key = Objects.requireNonNull(keys.get(statement.keyId()));
        if (!statement.isSignedBy(key)) {
          throw new AssertionError("a good signature does not verify");
        }
      }
      long verified = threads.getCurrentThreadCpuTime();
      return new Costs(
          (double) (hashed - start) / leaves.size(),
          (double) (parsed - hashed) / leaves.size(),
          (double) (verified - parsed) / statements.size());
    }
  }
}

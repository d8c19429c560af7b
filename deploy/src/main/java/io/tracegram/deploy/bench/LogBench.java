package io.tracegram.deploy.bench;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Grows a gateway's log to a size and measures what a leaf, a proof and a restart cost there.
 * Single-threaded.
 */
public final class LogBench {
  private static final int PROOFS = 20_000;
  private static final long STOP_SECONDS = 120;

  private final Path data;
  private final Consumer<String> progress;

  /** What a start of the gateway cost, from launching its process until it is ready. */
  private record Start(double seconds, long residentBytes) {}

  /**
   * @param directory for the gateway's data
   * @param progress told of each step, for a person who waits
   */
  public LogBench(Path directory, Consumer<String> progress) {
    this.data = directory.resolve("gateway");
    this.progress = progress;
  }

  /** Measures at a number of leaves. */
  public String run(long leaves) throws IOException, InterruptedException {
    Files.createDirectories(data);
    start("beginning the log");
    StringBuilder text = new StringBuilder("%,d leaves%n".formatted(leaves));
    long step = Math.max(1, leaves / 10);
    try (GrowingLog log = new GrowingLog(data)) {
      for (long size = step; size <= leaves; size += step) {
        long before = log.log().size();
        log.growTo(size);
        double grown = log.log().size() - before;
        double append = log.takeAppendNanos() / grown / 1e3;
        double publish = log.takePublishNanos() / grown / 1e3;
        String line =
            "  at %,11d: append %6.2f µs/leaf, tiles and checkpoints %6.2f µs/leaf, %,.0f leaves/s%n"
                .formatted(log.log().size(), append, publish, 1e6 / (append + publish));
        progress.accept(line.strip());
        text.append(line);
      }
      text.append(proofs(log.log()));
    }
    text.append(line("first start, whole log replayed", start("replaying the whole log")));
    try (GrowingLog log = new GrowingLog(data)) {
      // what a kill can leave beyond the newest snapshot
      log.growTo(leaves + Math.max(65_536, leaves / 128));
    }
    text.append(line("start after a kill, the oldest snapshot", start("start after a kill")));
    text.append(line("start after an orderly stop", start("start after an orderly stop")));
    return text.toString();
  }

  private String proofs(EvidenceLog log) {
    progress.accept("proving " + PROOFS + " leaves");
    Random random = new Random(1);
    long size = log.size();
    Hash root = log.root();
    long[] indexes = random.longs(PROOFS, 0, size).toArray();
    Hash[] hashes = new Hash[PROOFS];
    for (int i = 0; i < PROOFS; i++) {
      hashes[i] = MerkleTree.leafHash(log.leaf(indexes[i]));
    }
    long proving = 0;
    long verifying = 0;
    for (int i = 0; i < PROOFS; i++) {
      long start = System.nanoTime();
      List<Hash> proof = MerkleTree.inclusionProof(log.nodes(), indexes[i], size);
      long made = System.nanoTime();
      if (!MerkleTree.verifyInclusion(hashes[i], indexes[i], size, proof, root)) {
        throw new AssertionError("the proof of leaf " + indexes[i] + " does not verify");
      }
      proving += made - start;
      verifying += System.nanoTime() - made;
    }
    return "  proofs of random leaves: %,.0f/s made, %,.0f/s verified%n"
        .formatted(PROOFS * 1e9 / proving, PROOFS * 1e9 / verifying);
  }

  private static String line(String what, Start start) {
    return "  %s: ready after %.1f s, %.0f MB resident%n"
        .formatted(what, start.seconds, start.residentBytes / 1e6);
  }

  private Start start(String what) throws IOException, InterruptedException {
    progress.accept(what);
    long before = System.nanoTime();
    Process gateway = BenchProcess.launch(BenchGateway.class, "1536m", data.toString());
    try (BufferedReader said = gateway.inputReader(StandardCharsets.UTF_8)) {
      BenchProcess.expect(said, "READY ");
      Start start =
          new Start(
              (System.nanoTime() - before) / 1e9, ProcessUsage.of(gateway.pid()).residentBytes());
      gateway.outputWriter(StandardCharsets.UTF_8).close();
      BenchProcess.expect(said, "STOPPED ");
      return start;
    } finally {
      gateway.destroy();
      if (!gateway.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        gateway.destroyForcibly();
      }
    }
  }
}

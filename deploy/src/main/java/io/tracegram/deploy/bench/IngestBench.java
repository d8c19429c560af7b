package io.tracegram.deploy.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Drives a gateway in a process of its own over ten MQTT connections with statements signed up
 * front, and measures it after a warm-up. Single-threaded to its caller.
 */
public final class IngestBench {
  private static final int WINDOW = 16;
  private static final long START_SECONDS = 60;

  private final Path directory;
  private final int warmUp;
  private final int measured;

  /**
   * @param directory for the gateway's data; emptied of it afterwards
   * @param warmUp statements before the window that is measured
   * @param measured statements in it
   */
  public IngestBench(Path directory, int warmUp, int measured) {
    this.directory = directory;
    this.warmUp = warmUp;
    this.measured = measured;
  }

  /**
   * Measures one load.
   *
   * @throws IOException if the gateway does not start, or refuses a statement
   */
  public IngestResult run(int readingsPerStatement)
      throws IOException, InterruptedException, ExecutionException {
    int perAgent = (warmUp + measured) / BenchPlant.AGENTS;
    Path data = Files.createDirectories(directory.resolve("gateway-" + readingsPerStatement));
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<List<byte[]>> statements = sign(perAgent, readingsPerStatement, threads);
      Process gateway = BenchProcess.launch(BenchGateway.class, "512m", data.toString());
      try (BufferedReader said = gateway.inputReader(StandardCharsets.UTF_8)) {
        int port = Integer.parseInt(BenchProcess.expect(said, "READY ").split(" ", -1)[1]);
        IngestResult result = drive(gateway.pid(), port, statements, readingsPerStatement, threads);
        gateway.outputWriter(StandardCharsets.UTF_8).close();
        String[] counts = BenchProcess.expect(said, "STOPPED ").split(" ", -1);
        long expected = (long) perAgent * BenchPlant.AGENTS;
        if (Long.parseLong(counts[1]) != expected || !counts[2].equals("0")) {
          throw new IOException(
              "of %d statements %s were admitted and %s refused"
                  .formatted(expected, counts[1], counts[2]));
        }
        return result;
      } finally {
        gateway.destroy();
        if (!gateway.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
          gateway.destroyForcibly();
        }
        delete(data);
      }
    }
  }

  private static List<List<byte[]>> sign(int perAgent, int readings, ExecutorService threads)
      throws InterruptedException, ExecutionException {
    List<Future<List<byte[]>>> signing = new ArrayList<>();
    for (int i = 0; i < BenchPlant.AGENTS; i++) {
      int agent = i;
      signing.add(threads.submit(() -> BenchPlant.statements(agent, perAgent, readings)));
    }
    List<List<byte[]>> statements = new ArrayList<>();
    for (Future<List<byte[]>> signed : signing) {
      statements.add(signed.get());
    }
    return statements;
  }

  private IngestResult drive(
      long pid,
      int port,
      List<List<byte[]>> statements,
      int readingsPerStatement,
      ExecutorService threads)
      throws IOException, InterruptedException, ExecutionException {
    AtomicLong acknowledged = new AtomicLong();
    List<BenchPublisher> publishers = new ArrayList<>();
    List<Future<Void>> work = new ArrayList<>();
    try (BareVerification verification = new BareVerification()) {
      for (int i = 0; i < statements.size(); i++) {
        List<byte[]> own = statements.get(i);
        BenchPublisher publisher =
            new BenchPublisher(
                port, BenchPlant.agent(i), BenchPlant.topic(i), WINDOW, own.size(), acknowledged);
        publishers.add(publisher);
        work.add(threads.submit(task(publisher::read)));
        work.add(threads.submit(task(() -> publisher.publish(own))));
      }
      awaitCount(acknowledged, warmUp, work);
      verification.start();
      ProcessUsage before = ProcessUsage.of(pid);
      long countBefore = acknowledged.get();
      long startNanos = System.nanoTime();
      // the last tenth is left out: connections end one by one there
      awaitCount(acknowledged, warmUp + measured * 9L / 10, work);
      long endNanos = System.nanoTime();
      ProcessUsage after = ProcessUsage.of(pid);
      double verifyNanos = verification.stop();
      long count = acknowledged.get() - countBefore;
      for (Future<Void> each : work) {
        each.get();
      }
      long[] latencies = latencies(publishers);
      return new IngestResult(
          readingsPerStatement,
          count,
          (endNanos - startNanos) / 1e9,
          latencies[latencies.length / 2] / 1e6,
          latencies[(int) (latencies.length * 0.99)] / 1e6,
          after.residentBytes(),
          (double) (after.cpuNanos() - before.cpuNanos()) / count,
          verifyNanos);
    } finally {
      for (BenchPublisher publisher : publishers) {
        publisher.close();
      }
    }
  }

  /** A step of a connection that may fail. */
  private interface Step {
    void run() throws Exception;
  }

  private static Callable<Void> task(Step step) {
    return () -> {
      step.run();
      return null;
    };
  }

  private static void awaitCount(AtomicLong acknowledged, long count, List<Future<Void>> work)
      throws InterruptedException, ExecutionException {
    while (acknowledged.get() < count) {
      for (Future<Void> each : work) {
        if (each.isDone()) {
          each.get(); // a connection that failed says so
        }
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private long[] latencies(List<BenchPublisher> publishers) {
    int from = warmUp / BenchPlant.AGENTS;
    return publishers.stream()
        .flatMapToLong(
            publisher -> {
              long[] all = publisher.latencies();
              return Arrays.stream(all, Math.min(from, all.length - 1), all.length);
            })
        .sorted()
        .toArray();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

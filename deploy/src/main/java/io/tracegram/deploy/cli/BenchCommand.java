package io.tracegram.deploy.cli;

import io.tracegram.deploy.bench.EdgeBench;
import io.tracegram.deploy.bench.EdgeResult;
import io.tracegram.deploy.bench.EpcisBench;
import io.tracegram.deploy.bench.EpcisResult;
import io.tracegram.deploy.bench.IngestBench;
import io.tracegram.deploy.bench.IngestResult;
import io.tracegram.deploy.bench.LogBench;
import io.tracegram.deploy.bench.LotsBench;
import io.tracegram.deploy.bench.LotsResult;
import io.tracegram.deploy.bench.ReplayBench;
import io.tracegram.deploy.bench.ReplayResult;
import io.tracegram.deploy.bench.VerifyBench;
import io.tracegram.deploy.bench.VerifyResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures, with the bare rates of the same machine in the same run beside each result. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Measures this machine: ingest (a gateway over loopback, signed statements, disk), verify (a"
            + " log from its bytes to its figures), replay (the accounts of years of readings), lots"
            + " (what lots cost as their number grows), epcis (events captured and found), edge (an"
            + " agent that reads 1000 points every 10 s).")
final class BenchCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "ingest, log, verify, replay, lots, epcis or edge")
  private String name = "";

  @Option(
      names = "--statements",
      paramLabel = "N",
      description =
          "statements to measure: ingest 60000, after a warm-up of as many; verify 50000 (defaults)")
  private @Nullable Integer statements;

  @Option(names = "--json", description = "print one JSON object per load")
  private boolean json;

  @Option(
      names = "--leaves",
      paramLabel = "N",
      split = ",",
      defaultValue = "1000000,10000000",
      description = "log: sizes of the log to measure (default: ${DEFAULT-VALUE})")
  private List<Long> sizes = List.of();

  @Option(
      names = "--meters",
      paramLabel = "N",
      defaultValue = "50",
      description = "replay: meters of the plant, each read every minute (default: 50)")
  private int meters;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "1096",
      description = "replay: days of history, 35 or more (default: 1096)")
  private int days;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "epcis: events to capture, 1000 or more (default: 1000000)")
  private int events;

  @Option(
      names = "--lots",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "lots: lots in the end, 1000 or more (default: 1000000)")
  private long lots;

  @Option(
      names = "--for",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "edge: seconds to measure, after a warm-up; 30 or more (default: 120)")
  private int seconds;

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("tracegram-bench-");
    try {
      switch (name) {
        case "ingest" -> ingest(directory, statements == null ? 60_000 : statements);
        case "log" -> log(directory);
        case "verify" -> verify(directory, statements == null ? 50_000 : statements);
        case "replay" -> replay();
        case "lots" -> lots();
        case "epcis" -> epcis(directory);
        case "edge" -> {
          return edge(directory);
        }
        default ->
            throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "there is no benchmark "
                    + name
                    + "; there are: ingest, log, verify, replay, lots, epcis, edge");
      }
    } finally {
      delete(directory);
    }
    return Tracegram.FINE;
  }

  private void ingest(Path directory, int count) throws Exception {
    for (int readings : new int[] {1, 60}) {
      IngestResult result = new IngestBench(directory, count, count).run(readings);
      print(json ? result.json() + "\n" : result.text());
    }
  }

  private void log(Path directory) throws Exception {
    for (long leaves : sizes) {
      print(new LogBench(directory.resolve("log-" + leaves), this::tell).run(leaves));
    }
  }

  private void tell(String line) {
    PrintWriter talk = Console.err(spec);
    talk.println(line);
    talk.flush();
  }

  private void verify(Path directory, int count) throws IOException {
    VerifyResult result = new VerifyBench(directory, count, 60).run(this::tell);
    print(json ? result.json() + "\n" : result.text());
  }

  private void replay() {
    if (meters < 2 || days < ReplayBench.LEAST_DAYS) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "replay takes 2 meters and " + ReplayBench.LEAST_DAYS + " days, or more");
    }
    ReplayResult result = new ReplayBench(meters, days).run(this::tell);
    print(json ? result.json() + "\n" : result.text());
  }

  private void lots() {
    if (lots < LotsBench.LEAST_LOTS) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "lots takes " + LotsBench.LEAST_LOTS + " lots, or more");
    }
    LotsResult result = new LotsBench(lots).run(this::tell);
    print(json ? result.json() + "\n" : result.text());
  }

  private void epcis(Path directory) throws Exception {
    if (events < 1_000) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "epcis takes 1000 events, or more");
    }
    EpcisResult result = new EpcisBench(directory, events).run(this::tell);
    print(json ? result.json() + "\n" : result.text());
  }

  private int edge(Path directory) throws Exception {
    if (seconds < 30) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "edge takes --for 30 seconds, or more");
    }
    EdgeResult result =
        new EdgeBench(
                directory,
                EdgeBench.Load.FULL,
                System.getProperty("tracegram.launcher", ""),
                this::tell)
            .run(Duration.ofSeconds(seconds));
    print(json ? result.json() + "\n" : result.text());
    return result.isMet() ? Tracegram.FINE : Tracegram.FINDINGS;
  }

  private void print(String text) {
    PrintWriter out = Console.out(spec);
    out.print(text);
    out.flush();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

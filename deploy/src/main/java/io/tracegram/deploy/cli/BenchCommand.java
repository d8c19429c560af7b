package io.tracegram.deploy.cli;

import io.tracegram.deploy.bench.IngestBench;
import io.tracegram.deploy.bench.LogBench;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
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
        "Measures this machine: ingest (a gateway over loopback, signed statements, disk).")
final class BenchCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "ingest")
  private String name = "";

  @Option(
      names = "--statements",
      paramLabel = "N",
      defaultValue = "60000",
      description = "statements to measure, after a warm-up of as many (default: ${DEFAULT-VALUE})")
  private int statements = 60_000;

  @Option(
      names = "--leaves",
      paramLabel = "N",
      split = ",",
      defaultValue = "1000000,10000000",
      description = "sizes of the log to measure (default: ${DEFAULT-VALUE})")
  private List<Long> sizes = List.of();

  @Override
  public Integer call() throws Exception {
    if (name.equals("log")) {
      PrintWriter talk = Console.err(spec);
      Path home = Files.createTempDirectory("tracegram-bench-");
      for (long leaves : sizes) {
        Console.out(spec)
            .print(
                new LogBench(home.resolve("log-" + leaves), line -> talk.println(line))
                    .run(leaves));
        Console.out(spec).flush();
      }
      return Tracegram.FINE;
    }
    if (!name.equals("ingest")) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "there is no benchmark " + name + "; there is: ingest");
    }
    PrintWriter out = Console.out(spec);
    Path directory = Files.createTempDirectory("tracegram-bench-");
    for (int readings : new int[] {1, 60}) {
      out.print(new IngestBench(directory, statements, statements).run(readings).text());
      out.flush();
    }
    Files.deleteIfExists(directory);
    return Tracegram.FINE;
  }
}

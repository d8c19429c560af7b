package io.tracegram.deploy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tracegram.deploy.demo.Demo;
import io.tracegram.deploy.demo.DemoPlan;
import io.tracegram.deploy.demo.DemoResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs two simulated plants, their cloud and a witness, and verifies what came of it. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Two simulated plants, their cloud and a witness on this machine; Ctrl-C stops and verifies.")
final class DemoCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "stop after this long, counted from ready: 90s, 5m, 1h")
  private @Nullable String duration;

  @Option(
      names = "--speed",
      paramLabel = "N|max",
      defaultValue = "60",
      description = "plant time over system time (default: ${DEFAULT-VALUE})")
  private String speed = "60";

  @Option(
      names = "--replay",
      paramLabel = "FILE.csv",
      description = "drive the refinery's main meter with this load profile (date, Usage_kWh)")
  private @Nullable Path replay;

  @Option(names = "--dir", paramLabel = "DIR", description = "keep data here (default: a new one)")
  private @Nullable Path directory;

  @Option(
      names = "--port-base",
      paramLabel = "N",
      defaultValue = "8080",
      description = "first of 24 consecutive ports on loopback (default: ${DEFAULT-VALUE})")
  private int portBase = 8080;

  @Option(names = "--json", description = "end with one JSON object on stdout")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter talk = Console.err(spec);
    Demo demo =
        new Demo(
            plan(),
            line -> {
              talk.println(line);
              talk.flush();
            });
    CountDownLatch ended = new CountDownLatch(1);
    Thread interrupted =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  demo.stop();
                  awaitQuietly(ended);
                });
    Runtime.getRuntime().addShutdownHook(interrupted);
    int code = Tracegram.WRONG_USAGE;
    try {
      DemoResult result = demo.run();
      PrintWriter out = Console.out(spec);
      if (json) {
        out.println(result.json(new ObjectMapper()));
      } else {
        out.print(result.text());
      }
      out.flush();
      code = result.isVerified() ? Tracegram.FINE : Tracegram.FINDINGS;
    } catch (IOException e) {
      talk.println(e.getMessage());
      talk.flush();
    }
    if (interrupted.isAlive()) {
      // the JVM is already going down after Ctrl-C: its exit code would not be ours
      Runtime.getRuntime().halt(code);
    }
    ended.countDown();
    return code;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private DemoPlan plan() throws IOException {
    if (!speed.equals("max") && !speed.matches("[1-9][0-9]{0,4}")) {
      throw wrong("--speed takes a whole number of 1 to 99999, or max, not " + speed);
    }
    if (portBase < 1_024 || portBase > 65_500) {
      throw wrong("--port-base takes a port of 1024 to 65500, not " + portBase);
    }
    if (replay != null && !Files.isReadable(replay)) {
      throw wrong("--replay: there is no file " + replay);
    }
    Path home =
        directory == null
            ? Files.createTempDirectory("tracegram-demo-")
            : Files.createDirectories(directory);
    return new DemoPlan(
        Optional.ofNullable(duration).map(this::duration),
        speed,
        Optional.ofNullable(replay),
        home.toRealPath(),
        portBase);
  }

  private Duration duration(String text) {
    try {
      String iso = "PT" + text.toUpperCase(Locale.ROOT);
      Duration parsed = Duration.parse(iso);
      if (parsed.isPositive()) {
        return parsed;
      }
    } catch (DateTimeParseException e) {
      throw wrong("--for takes a duration such as 90s, 5m or 1h30m, not " + text);
    }
    throw wrong("--for takes a duration above zero");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}

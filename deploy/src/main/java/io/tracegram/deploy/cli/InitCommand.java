package io.tracegram.deploy.cli;

import io.tracegram.deploy.setup.Interview;
import io.tracegram.deploy.setup.Question;
import io.tracegram.deploy.setup.Starter;
import io.tracegram.runtime.config.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the first configuration of a facility with one meter. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description =
        "Writes plant.yaml, agent.yaml and gateway.yaml of a facility with one Modbus meter. Asks what"
            + " the options do not say, five questions at most; overwrites nothing.")
final class InitCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "made if there is none (default: this one)")
  private Path directory = Path.of(".");

  @Option(names = "--name", paramLabel = "NAME", description = "of the facility")
  private @Nullable String facility;

  @Option(names = "--zone", paramLabel = "ZONE", description = "time zone such as Europe/Berlin")
  private @Nullable String zone;

  @Option(names = "--profile", paramLabel = "VENDOR/MODEL", description = "of the meter")
  private @Nullable String profile;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description =
          "of the meter: host:port for Modbus TCP, rtu://host:port for RTU behind a serial device"
              + " server, serial:/dev/… for a serial port")
  private @Nullable String address;

  @Option(names = "--unit", paramLabel = "N", description = "unit id of the meter")
  private @Nullable String unit;

  @Option(names = "--baud", paramLabel = "N", description = "of a serial port (default: 9600)")
  private int baud = 9_600;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = "where the gateway serves pages (default: 127.0.0.1:8080)")
  private String http = "127.0.0.1:8080";

  @Option(
      names = "--mqtt",
      paramLabel = "HOST:PORT",
      description = "where the agent finds the gateway (default: 127.0.0.1:1883)")
  private String mqtt = "127.0.0.1:1883";

  @Option(names = "--yes", description = "ask nothing: take the defaults for what is not said")
  private boolean yes;

  @Override
  public Integer call() throws IOException {
    Map<Question, String> answers =
        yes ? Interview.unasked(said(), defaults()) : interview().answers(said(), defaults());
    new Starter(
            directory,
            answers,
            new Starter.Places(HostPort.parse(http), HostPort.parse(mqtt), baud))
        .write(new SecureRandom());
    PrintWriter out = Console.out(spec);
    out.print(next());
    out.flush();
    return Tracegram.FINE;
  }

  private Interview interview() {
    return new Interview(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        Console.err(spec));
  }

  private Map<Question, String> said() {
    Map<Question, String> said = new EnumMap<>(Question.class);
    put(said, Question.NAME, facility);
    put(said, Question.ZONE, zone);
    put(said, Question.PROFILE, profile);
    put(said, Question.ADDRESS, address);
    put(said, Question.UNIT, unit);
    return said;
  }

  private static void put(Map<Question, String> said, Question question, @Nullable String answer) {
    if (answer != null) {
      said.put(question, answer);
    }
  }

  private Map<Question, String> defaults() {
    Map<Question, String> defaults = new EnumMap<>(Question.class);
    Path name = directory.toAbsolutePath().normalize().getFileName();
    defaults.put(Question.NAME, name == null ? "factory" : name.toString());
    defaults.put(Question.ZONE, ZoneId.systemDefault().getId());
    defaults.put(Question.PROFILE, "eastron/sdm630");
    defaults.put(Question.ADDRESS, "127.0.0.1:502");
    defaults.put(Question.UNIT, "1");
    return defaults;
  }

  private String next() {
    return """
    Written: plant.yaml, agent.yaml, gateway.yaml and the agent's key in %s. Next:
      deploy/tracegram probe %s      does the meter say what its display shows?
      deploy/tracegram gateway %s &
      deploy/tracegram agent %s &
      deploy/tracegram doctor %s     is anything in the way?
    Then look at http://%s/
    """
        .formatted(
            directory,
            directory.resolve("plant.yaml"),
            directory.resolve("gateway.yaml"),
            directory.resolve("agent.yaml"),
            directory.resolve("agent.yaml"),
            http);
  }
}

package io.tracegram.deploy.doctor;

import io.tracegram.runtime.config.AgentFile;
import io.tracegram.runtime.config.ConfigCheck;
import io.tracegram.runtime.config.Diagnostic;
import io.tracegram.runtime.config.GatewayFile;
import io.tracegram.runtime.config.Loaded;
import io.tracegram.runtime.config.PlantFile;
import io.tracegram.runtime.config.ProfileCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Examines everything that one configuration file rests on. Single-threaded to its caller. */
public final class Doctor {
  private final Clock clock;
  private final Duration deadline;
  private final Consumer<String> progress;

  /**
   * @param deadline of each check; they are made side by side
   * @param progress told how far it is
   */
  public Doctor(Clock clock, Duration deadline, Consumer<String> progress) {
    this.clock = clock;
    this.deadline = deadline;
    this.progress = progress;
  }

  /** Returns findings about an agent, gateway or plant file, in a fixed order. */
  public List<Finding> examine(Path file) throws InterruptedException {
    ProfileCatalog profiles = ProfileCatalog.bundled();
    List<Diagnostic> problems = ConfigCheck.check(List.of(file));
    List<Finding> findings = new ArrayList<>(configuration(file, problems));
    if (problems.stream().anyMatch(each -> each.severity() == Diagnostic.Severity.ERROR)) {
      return findings;
    }
    List<Check> checks = new ArrayList<>(new MachineChecks(clock).all());
    Loaded<AgentFile> agent = AgentFile.load(file, profiles);
    Loaded<GatewayFile> gateway = GatewayFile.load(file, profiles);
    if (agent.value().isPresent()) {
      checks.addAll(of(agent.value().get()));
      findings.addAll(examine(checks, agent.value().get().plant(), agent.value().get().reads()));
    } else if (gateway.value().isPresent()) {
      checks.addAll(of(gateway.value().get()));
      findings.addAll(examination().make(checks));
    } else {
      PlantFile plant = PlantFile.load(file, profiles).orThrow();
      findings.addAll(examine(checks, plant, plant.deviceIds()));
    }
    return findings;
  }

  private List<Finding> examine(List<Check> others, PlantFile plant, List<String> reads)
      throws InterruptedException {
    try (DeviceChecks devices = new DeviceChecks(plant, reads)) {
      return examination().make(Stream.concat(others.stream(), devices.all().stream()).toList());
    }
  }

  private Examination examination() {
    return new Examination(deadline, progress);
  }

  private static List<Check> of(AgentFile agent) {
    List<Check> checks = new ArrayList<>(new DiskChecks(agent.data()).all());
    checks.add(NetworkChecks.broker(agent.broker()));
    checks.add(key("gateway's key", agent.gatewayKey(), "start the gateway once"));
    return checks;
  }

  private static List<Check> of(GatewayFile gateway) {
    List<Check> checks = new ArrayList<>(new DiskChecks(gateway.data()).all());
    checks.add(NetworkChecks.http(gateway.http()));
    checks.add(NetworkChecks.mqtt(gateway.mqtt(), gateway.http()));
    for (GatewayFile.Agent agent : gateway.agents()) {
      checks.add(key("key of " + agent.id(), agent.key(), "start the agent once, copy its key"));
    }
    return checks;
  }

  private static Check key(String name, Path file, String fix) {
    return new Check(
        name,
        () ->
            Files.isReadable(file)
                ? Finding.fine(name, file.toString())
                : Finding.warning(name, "there is no file " + file, fix));
  }

  private static List<Finding> configuration(Path file, List<Diagnostic> problems) {
    if (problems.isEmpty()) {
      return List.of(Finding.fine("configuration", file + " has no problems"));
    }
    return problems.stream()
        .map(
            problem ->
                new Finding(
                    "configuration",
                    switch (problem.severity()) {
                      case ERROR -> Finding.Grade.BAD;
                      case WARNING -> Finding.Grade.WARNING;
                    },
                    problem.toString(),
                    ""))
        .toList();
  }
}

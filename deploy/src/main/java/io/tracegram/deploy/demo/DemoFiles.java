package io.tracegram.deploy.demo;

import io.tracegram.deploy.demo.DemoPlan.Plant;
import io.tracegram.ledger.evidence.log.CheckpointSigner;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.runtime.config.PlantFile;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes a demonstration's configuration and keys into its directory. Single-threaded. */
final class DemoFiles {
  private static final int MODEL_PORT_BASE = 8080;
  private static final Pattern MODEL_ADDRESS = Pattern.compile("127\\.0\\.0\\.1:(80[89]\\d)");

  private final DemoPlan plan;
  private final SecureRandom random;
  private final Clock clock;

  DemoFiles(DemoPlan plan, SecureRandom random, Clock clock) {
    this.plan = plan;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Writes everything.
   *
   * @param anchor certificate of the time-stamping authority, PEM
   * @throws IOException if the directory holds an earlier demonstration: its plant time and
   *     registers would go back, which no honest log can say
   */
  void write(String anchor) throws IOException {
    if (Files.exists(plan.directory().resolve("simulate.yaml"))) {
      throw new IOException(
          plan.directory()
              + " holds an earlier demonstration: name another --dir, or remove it; its logs can"
              + " still be checked with tracegram verify");
    }
    put(plan.directory().resolve("authority/anchor.pem"), anchor);
    Path cloud = plan.directory().resolve("cloud");
    Path witness = plan.directory().resolve("witness");
    NoteKey mirrorKey =
        keys(cloud.resolve("data/keys"))
            .loadOrCreateNoteKey("mirror", "cloud.example/mirror", NoteKey.Type.COSIGNER);
    NoteKey witnessKey =
        keys(witness.resolve("data/keys"))
            .loadOrCreateNoteKey("witness", "witness.example/w1", NoteKey.Type.COSIGNER);
    for (Plant plant : DemoPlan.PLANTS) {
      plant(plant, mirrorKey, witnessKey);
    }
    cloud(cloud, witnessKey);
    witness(witness);
    simulation();
  }

  private void plant(Plant plant, NoteKey mirrorKey, NoteKey witnessKey) throws IOException {
    Path home = plan.home(plant);
    keys(home.resolve("agent/keys")).loadOrCreate(plant.agent(), Algorithm.ES256);
    KeyFiles gatewayKeys = keys(home.resolve("gateway/keys"));
    gatewayKeys.loadOrCreate("gateway", Algorithm.ES256);
    put(home.resolve("plant.yaml"), model(plant));
    CheckpointSigner log = gatewayKeys.loadOrCreateCheckpointSigner(origin(plant));
    String gpio =
        plant.equals(DemoPlan.CELL_PLANT)
            ? "gpio: {mock: \"tcp://127.0.0.1:%d\"}\n".formatted(plan.pinsPort(plant))
            : "";
    put(
        home.resolve("agent.yaml"),
        """
        agent: %s
        plant: ./plant.yaml
        data: ./agent
        broker: tcp://127.0.0.1:%d
        gatewayKey: ./gateway/keys/gateway.pub
        clock: {plant: "tcp://127.0.0.1:%d"}
        flush: {readings: 60, after: 1s}
        %s\
        """
            .formatted(plant.agent(), plan.mqttPort(plant), plan.clockPort(), gpio));
    put(
        home.resolve("gateway.yaml"),
        """
        plant: ./plant.yaml
        data: ./gateway
        http: 127.0.0.1:%d
        mqtt: 127.0.0.1:%d
        agents:
          - {id: %s, key: ./agent/keys/%s.pub}
        mirror: {url: "%s/mirror", vkey: "%s"}
        witnesses:
          - {url: "http://127.0.0.1:%d", vkey: "%s"}
        cloud: "%s"
        timestamps:
          - {name: %s, url: "http://127.0.0.1:%d", anchor: ../authority/anchor.pem, every: 1m}
        %s\
        """
            .formatted(
                plan.httpPort(plant),
                plan.mqttPort(plant),
                plant.agent(),
                plant.agent(),
                plan.cloudUrl(),
                mirrorKey.vkey(),
                plan.witnessPort(),
                witnessKey.vkey(),
                plan.cloudUrl(),
                DemoAuthority.NAME,
                plan.authorityPort(),
                suppliers(plant)));
    put(
        home.resolve("gateway/policy"),
        """
        log %s
        log %s
        witness cloud %s
        witness auditor %s
        group mirror-and-witness all cloud auditor
        quorum mirror-and-witness
        """
            .formatted(
                log.key().vkey(),
                log.quantumSafeKey().vkey(),
                mirrorKey.vkey(),
                witnessKey.vkey()));
  }

  private String suppliers(Plant plant) {
    if (plant.equals(DemoPlan.REFINERY)) {
      return "";
    }
    return """
    suppliers:
      - facility: refinery
        origin: %s
        log: "file:../refinery/gateway/keys/checkpoint.vkey"
        gatewayKey: ../refinery/gateway/keys/gateway.pub
        passports: "%s"
    """
        .formatted(origin(DemoPlan.REFINERY), plan.cloudUrl());
  }

  private void cloud(Path home, NoteKey witnessKey) throws IOException {
    StringBuilder facilities = new StringBuilder();
    for (Plant plant : DemoPlan.PLANTS) {
      facilities.append(
          """
            - id: %s
              log: "file:../%s/gateway/keys/checkpoint.vkey"
              gatewayKey: ../%s/gateway/keys/gateway.pub
          """
              .formatted(plant.facility(), plant.facility(), plant.facility()));
    }
    put(
        home.resolve("cloud.yaml"),
        """
        data: ./data
        http: 127.0.0.1:%d
        publicUrl: "%s"
        name: cloud.example
        postgres: embedded
        facilities:
        %switnesses:
          - {vkey: "%s"}
        """
            .formatted(plan.cloudPort(), plan.cloudUrl(), facilities, witnessKey.vkey()));
  }

  private void witness(Path home) throws IOException {
    StringBuilder logs = new StringBuilder();
    for (Plant plant : DemoPlan.PLANTS) {
      logs.append("  - \"file:../%s/gateway/keys/checkpoint.vkey\"\n".formatted(plant.facility()));
    }
    put(
        home.resolve("witness.yaml"),
        "name: witness.example/w1\ndata: ./data\nhttp: 127.0.0.1:%d\nlogs:\n%s"
            .formatted(plan.witnessPort(), logs));
  }

  private void simulation() throws IOException {
    Instant start = clock.instant().truncatedTo(ChronoUnit.HOURS);
    StringBuilder file =
        new StringBuilder(
            """
            clock: {listen: "127.0.0.1:%d", start: "%s", tick: 60s, speed: %s}
            frauds: ./%s
            plants:
            """
                .formatted(plan.clockPort(), start, plan.speed(), plan.frauds().getFileName()));
    for (Plant plant : DemoPlan.PLANTS) {
      file.append("  - plant: ./%s/plant.yaml\n".formatted(plant.facility()));
      file.append("    agent: %s\n".formatted(plant.agent()));
      file.append("    scenario: %s\n".formatted(plant.facility()));
      file.append("    load: {%s}\n".formatted(plant.load()));
      if (plant.equals(DemoPlan.CELL_PLANT)) {
        file.append("    pins: \"tcp://127.0.0.1:%d\"\n".formatted(plan.pinsPort(plant)));
      }
      Optional<Path> replay = plan.replay().filter(path -> plant.equals(DemoPlan.REFINERY));
      if (replay.isPresent()) {
        file.append(
            "    replay: {file: \"%s\", meter: main}\n".formatted(replay.get().toAbsolutePath()));
      }
    }
    put(plan.directory().resolve("simulate.yaml"), file.toString());
  }

  private String model(Plant plant) throws IOException {
    String resource = "/plants/" + plant.demoModel() + "/plant.yaml";
    try (InputStream in = DemoFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the distribution lacks " + resource + ": build it again");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return MODEL_ADDRESS
          .matcher(text)
          .replaceAll(
              found ->
                  "127.0.0.1:"
                      + (Integer.parseInt(found.group(1)) - MODEL_PORT_BASE + plan.portBase()));
    }
  }

  private String origin(Plant plant) {
    return PlantFile.load(plan.home(plant).resolve("plant.yaml"), ProfileCatalog.bundled())
        .orThrow()
        .model()
        .origin();
  }

  private KeyFiles keys(Path directory) {
    return new KeyFiles(directory, random);
  }

  private static void put(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}

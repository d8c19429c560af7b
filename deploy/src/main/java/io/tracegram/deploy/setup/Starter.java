package io.tracegram.deploy.setup;

import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes a facility's first files. Single-threaded, used once. */
public final class Starter {
  static final String SERIAL = "serial:";
  private static final String RTU = "rtu://";
  private static final String AGENT = "agent-1";

  /** Time zones of the countries whose grids the factor set {@code ember-2024} knows. */
  private static final Map<String, String> GRIDS =
      Map.of(
          "Europe/Stockholm", "grid-se",
          "Europe/Berlin", "grid-de",
          "Europe/London", "grid-gb",
          "Europe/Warsaw", "grid-pl",
          "Asia/Shanghai", "grid-cn",
          "America/New_York", "grid-us",
          "America/Chicago", "grid-us",
          "America/Denver", "grid-us",
          "America/Los_Angeles", "grid-us");

  private final Path directory;
  private final Map<Question, String> answers;
  private final Places places;

  /**
   * Where the gateway listens, and how fast a serial line is.
   *
   * @param http for people
   * @param mqtt for the agent
   * @param baud used where the meter is on a serial port
   */
  public record Places(HostPort http, HostPort mqtt, int baud) {}

  /**
   * @param answers to every question, each without a problem
   */
  public Starter(Path directory, Map<Question, String> answers, Places places) {
    this.directory = directory;
    this.answers = Map.copyOf(answers);
    this.places = places;
  }

  /**
   * Returns a name as an identifier: a-z, 0-9 and -, at most 40 characters; empty if none is left.
   */
  static String idOf(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    String id = plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = id.replaceAll("^[-0-9]+", "");
    return cut.substring(0, Math.min(40, cut.length())).replaceAll("-+$", "");
  }

  /**
   * Writes all files, or none if one of them is there already.
   *
   * @throws IOException naming the file that is in the way
   */
  public void write(SecureRandom random) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("plant.yaml", plant());
    files.put("agent.yaml", agent());
    files.put("gateway.yaml", gateway());
    for (String file : files.keySet()) {
      if (Files.exists(directory.resolve(file))) {
        throw inTheWay(directory.resolve(file));
      }
    }
    Files.createDirectories(directory);
    for (Map.Entry<String, String> file : files.entrySet()) {
      try {
        Files.writeString(
            directory.resolve(file.getKey()), file.getValue(), StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException e) {
        throw inTheWay(directory.resolve(file.getKey()));
      }
    }
    new KeyFiles(directory.resolve("agent/keys"), random).loadOrCreate(AGENT, Algorithm.ES256);
  }

  private static IOException inTheWay(Path file) {
    return new IOException(
        file + " is in the way and is not overwritten: name another directory, or move it");
  }

  private String answer(Question question) {
    return String.valueOf(answers.get(question));
  }

  private String plant() {
    String id = idOf(answer(Question.NAME));
    String grid = GRIDS.get(answer(Question.ZONE));
    return """
    # One facility with one meter; device-configs/README.md tells what else can stand here.
    facility:
      id: %s
      name: "%s"
      operator: %s.example    # your company's domain; with the id it names the log, for good
      timeZone: %s
    agents: [%s]
    %s
    %smeters:
      - id: main
        name: Grid connection
        role: grid-import
        profile: %s
    %s\
        accuracyClass: "1"      # as its type plate says
        maxPowerKw: 1000        # what the connection can carry: more is not believed
        # serial: "…"           # of the meter, so that another in its place is noticed
    """
        .formatted(
            id,
            answer(Question.NAME).replace("\\", "\\\\").replace("\"", "\\\""),
            id,
            answer(Question.ZONE),
            AGENT,
            grid == null
                ? "grid: {}    # name its factor here: until then CO2e is unknown, see device-configs/factors"
                : "grid: {factor: {set: ember-2024, id: %s}}".formatted(grid),
            bus(),
            answer(Question.PROFILE),
            access());
  }

  private boolean isOnBus() {
    String address = answer(Question.ADDRESS);
    return address.startsWith(RTU) || address.startsWith(SERIAL);
  }

  private String bus() {
    if (!isOnBus()) {
      return "";
    }
    String address = answer(Question.ADDRESS);
    return "buses:\n  - {id: bus-1, protocol: modbus-rtu, address: \"%s\"%s}\n"
        .formatted(
            address.startsWith(RTU) ? "tcp://" + address.substring(RTU.length()) : address,
            address.startsWith(SERIAL) ? ", baud: " + places.baud() : "");
  }

  private String access() {
    String place =
        isOnBus()
            ? "    bus: bus-1\n"
            : "    address: \"tcp://%s\"\n".formatted(HostPort.parse(answer(Question.ADDRESS)));
    return place + "    unit: " + Integer.parseInt(answer(Question.UNIT)) + "\n";
  }

  private String agent() {
    return """
    agent: %s
    plant: ./plant.yaml
    data: ./agent
    broker: tcp://%s
    gatewayKey: ./gateway/keys/gateway.pub
    """
        .formatted(AGENT, places.mqtt());
  }

  private String gateway() {
    return """
    plant: ./plant.yaml
    data: ./gateway
    http: %s
    mqtt: %s
    agents:
      - {id: %s, key: ./agent/keys/%s.pub}
    """
        .formatted(places.http(), places.mqtt(), AGENT, AGENT);
  }
}

package io.tracegram.runtime.config;

import io.tracegram.ledger.evidence.log.TlogPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a gateway serves and whom it trusts. Immutable; all references resolve.
 *
 * @param data directory of its log and keys
 * @param http where it serves pages, API and log
 * @param mqtt where it takes statements
 * @param agents whose statements it admits
 * @param mirror where it sends its log, if anywhere
 * @param witnesses whose cosignatures it asks for
 * @param policy which cosignatures make a checkpoint witnessed, and whose logs are believed; empty
 *     to ask for every configured witness
 * @param suppliers whose passports it accepts for lots it receives
 * @param cloud where passports are pulled from
 * @param timestamps authorities that are asked for timestamps of checkpoints
 * @param intensities of grids that its plant may name
 * @param instruments that the facility holds; empty if the file says nothing of them
 * @param periods how it closes months
 */
public record GatewayFile(
    Path file,
    PlantFile plant,
    Path data,
    HostPort http,
    HostPort mqtt,
    List<Agent> agents,
    Optional<Cosigner> mirror,
    List<Cosigner> witnesses,
    Optional<TlogPolicy> policy,
    List<Supplier> suppliers,
    Optional<URI> cloud,
    List<TimestampSource> timestamps,
    List<IntensitySource> intensities,
    Optional<InstrumentFile> instruments,
    PeriodPolicy periods) {
  static final Set<String> KEYS =
      Set.of(
          "plant",
          "data",
          "http",
          "mqtt",
          "agents",
          "mirror",
          "witnesses",
          "policy",
          "suppliers",
          "cloud",
          "timestamps",
          "intensities",
          "instruments",
          "periods");

  /**
   * An agent and the public key file of its statements.
   *
   * @param key may not exist before the agent has run
   */
  public record Agent(String id, Path key) {}

  /** A service that cosigns checkpoints. */
  public record Cosigner(URI url, VerifierSource verifier) {}

  /**
   * Another facility whose lots arrive here.
   *
   * @param origin its log's origin, {@code operator/facility}
   * @param log verifier of its checkpoints
   * @param gatewayKey public key file of its gateway's statements
   * @param passports base URL of the service that hands out its lots' passports; empty if they come
   *     as files
   */
  public record Supplier(
      String facility,
      String origin,
      VerifierSource log,
      Path gatewayKey,
      Optional<URI> passports) {}

  public GatewayFile {
    agents = List.copyOf(agents);
    witnesses = List.copyOf(witnesses);
    suppliers = List.copyOf(suppliers);
    timestamps = List.copyOf(timestamps);
    intensities = List.copyOf(intensities);
  }

  /** Reads {@code gateway.yaml} with the plant file it names. */
  public static Loaded<GatewayFile> load(Path file, ProfileCatalog profiles) {
    return Loaded.of(
        diagnostics -> YamlReader.read(file, diagnostics).flatMap(yaml -> read(yaml, profiles)));
  }

  static Optional<GatewayFile> read(YamlMap yaml, ProfileCatalog profiles) {
    int errorsBefore = yaml.diagnostics().errorCount();
    Optional<PlantFile> plant = AgentFile.plant(yaml, profiles);
    Path data = yaml.path("data");
    HostPort http = yaml.hostPort("http");
    HostPort mqtt = yaml.hostPort("mqtt");
    if (http.equals(mqtt) && http.port() != 0) {
      yaml.error("mqtt", "duplicate-address", "'mqtt' and 'http' cannot share " + mqtt);
    }
    List<Agent> agents = agents(yaml, plant);
    Optional<Cosigner> mirror = yaml.optionalMap("mirror").map(GatewayFile::cosigner);
    List<Cosigner> witnesses = each(yaml, "witnesses", GatewayFile::cosigner);
    Optional<TlogPolicy> policy = yaml.optionalPolicy("policy");
    List<Supplier> suppliers = each(yaml, "suppliers", GatewayFile::supplier);
    Optional<URI> cloud = yaml.optionalUrl("cloud");
    List<TimestampSource> timestamps = TimestampSource.read(yaml);
    List<IntensitySource> intensities = IntensitySource.read(yaml);
    Optional<InstrumentFile> instruments = instruments(yaml, plant);
    PeriodPolicy periods = PeriodPolicy.read(yaml);
    yaml.close();
    if (yaml.diagnostics().errorCount() > errorsBefore) {
      return Optional.empty();
    }
    return plant.map(
        known ->
            new GatewayFile(
                yaml.file(),
                known,
                data,
                http,
                mqtt,
                agents,
                mirror,
                witnesses,
                policy,
                suppliers,
                cloud,
                timestamps,
                intensities,
                instruments,
                periods));
  }

  static <T> List<T> each(YamlMap yaml, String key, Function<YamlMap, T> read) {
    return yaml.optionalList(key).maps().stream().map(read).toList();
  }

  private static Optional<InstrumentFile> instruments(YamlMap yaml, Optional<PlantFile> plant) {
    return yaml.optionalPath("instruments")
        .flatMap(
            file ->
                InstrumentFile.read(
                    file,
                    plant.map(known -> ZoneId.of(known.model().timeZone())),
                    yaml.diagnostics()));
  }

  private static List<Agent> agents(YamlMap yaml, Optional<PlantFile> plant) {
    References ids = new References("agent");
    List<Agent> agents = new ArrayList<>();
    for (YamlMap agent : yaml.list("agents").maps()) {
      String id = ids.declare(agent);
      agents.add(new Agent(id, agent.path("key")));
      agent.close();
      plant.ifPresent(known -> AgentFile.declared(agent, "id", id, known));
    }
    Set<String> without =
        new HashSet<>(plant.map(known -> known.model().agents()).orElse(List.of()));
    without.removeAll(ids.ids());
    for (String agent : without) {
      yaml.warning(
          "agents",
          "agent-without-key",
          "the plant's agent '" + agent + "' is not listed: its statements will be refused");
    }
    return agents;
  }

  private static Cosigner cosigner(YamlMap yaml) {
    Cosigner cosigner = new Cosigner(yaml.url("url"), yaml.verifier("vkey"));
    yaml.close();
    return cosigner;
  }

  private static Supplier supplier(YamlMap yaml) {
    Supplier supplier =
        new Supplier(
            yaml.id("facility"),
            yaml.text("origin"),
            yaml.verifier("log"),
            yaml.path("gatewayKey"),
            yaml.optionalUrl("passports"));
    if (!supplier.facility().isEmpty() && !supplier.origin().endsWith("/" + supplier.facility())) {
      yaml.error("origin", "bad-value", "'origin' must be operator/" + supplier.facility());
    }
    yaml.close();
    return supplier;
  }
}

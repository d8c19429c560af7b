package io.tracegram.runtime.config;

import io.tracegram.ledger.evidence.log.TlogPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the central service mirrors and serves. Immutable.
 *
 * @param data directory of the mirrored logs, keys and the embedded database
 * @param publicUrl under which people reach it: declarations carry it
 * @param name of the service; its mirror cosigns as {@code name/mirror}
 * @param database JDBC URL of a PostgreSQL, empty for the embedded one
 * @param facilities whose logs it accepts
 * @param witnesses whose cosignatures are kept and shown
 * @param policy which cosignatures make a checkpoint witnessed; empty to ask for every one of them
 */
public record CloudFile(
    Path file,
    Path data,
    HostPort http,
    URI publicUrl,
    String name,
    Optional<String> database,
    List<Facility> facilities,
    List<VerifierSource> witnesses,
    Optional<TlogPolicy> policy) {
  static final Set<String> KEYS =
      Set.of("data", "http", "publicUrl", "name", "postgres", "facilities", "witnesses", "policy");

  /**
   * A facility whose log is mirrored.
   *
   * @param log verifier of its checkpoints
   * @param gatewayKey public key file of its gateway's statements
   */
  public record Facility(String id, VerifierSource log, Path gatewayKey) {}

  public CloudFile {
    facilities = List.copyOf(facilities);
    witnesses = List.copyOf(witnesses);
  }

  /** Reads {@code cloud.yaml}. */
  public static Loaded<CloudFile> load(Path file) {
    return Loaded.of(diagnostics -> YamlReader.read(file, diagnostics).flatMap(CloudFile::read));
  }

  static Optional<CloudFile> read(YamlMap yaml) {
    int errorsBefore = yaml.diagnostics().errorCount();
    CloudFile cloud =
        new CloudFile(
            yaml.file(),
            yaml.path("data"),
            yaml.hostPort("http"),
            yaml.url("publicUrl"),
            yaml.value("name", WitnessFile::noteName, ""),
            yaml.value("postgres", CloudFile::postgres, Optional.empty()),
            facilities(yaml),
            GatewayFile.each(yaml, "witnesses", CloudFile::witness),
            yaml.optionalPolicy("policy"));
    yaml.close();
    return yaml.diagnostics().errorCount() > errorsBefore ? Optional.empty() : Optional.of(cloud);
  }

  private static List<Facility> facilities(YamlMap yaml) {
    References ids = new References("facility");
    List<Facility> facilities = new ArrayList<>();
    for (YamlMap facility : yaml.list("facilities").maps()) {
      facilities.add(
          new Facility(
              ids.declare(facility), facility.verifier("log"), facility.path("gatewayKey")));
      facility.close();
    }
    return facilities;
  }

  private static VerifierSource witness(YamlMap yaml) {
    VerifierSource witness = yaml.verifier("vkey");
    yaml.close();
    return witness;
  }

  private static Optional<String> postgres(String text) {
    if (text.equals("embedded")) {
      return Optional.empty();
    }
    if (!text.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("must be embedded or a jdbc:postgresql: URL");
    }
    return Optional.of(text);
  }
}

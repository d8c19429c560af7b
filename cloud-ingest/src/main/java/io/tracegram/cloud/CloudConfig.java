package io.tracegram.cloud;

import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.runtime.config.CloudFile;
import io.tracegram.runtime.config.VerifierSource;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the central service is told at its start, with all keys loaded. Immutable.
 *
 * @param data directory with {@code keys/}, {@code mirror/} and {@code postgres/}
 * @param publicUrl under which people reach the service
 * @param name its mirror cosigns as {@code <name>/mirror}
 * @param jdbcUrl of a PostgreSQL that runs; empty to start our own
 * @param witnesses whose cosignatures are kept and shown
 * @param policy which cosignatures make a facility's checkpoint witnessed
 */
public record CloudConfig(
    Path data,
    URI publicUrl,
    String name,
    Optional<String> jdbcUrl,
    List<Facility> facilities,
    List<NoteKey> witnesses,
    TlogPolicy policy) {
  private static final Logger LOG = LoggerFactory.getLogger(CloudConfig.class);

  /**
   * A facility whose log is mirrored.
   *
   * @param log verifies its checkpoints
   * @param gatewayKey verifies its gateway's statements
   */
  public record Facility(String id, NoteKey log, PublicKey gatewayKey) {}

  public CloudConfig {
    facilities = List.copyOf(facilities);
    witnesses = List.copyOf(witnesses);
  }

  /**
   * Loads the keys that the configuration file names.
   *
   * @throws IOException if one is missing or holds no key; the message names it
   */
  public static CloudConfig load(CloudFile file) throws IOException {
    List<Facility> facilities = new ArrayList<>();
    for (CloudFile.Facility facility : file.facilities()) {
      facilities.add(
          new Facility(
              facility.id(), facility.log().load(), KeyFiles.readPublic(facility.gatewayKey())));
    }
    List<NoteKey> witnesses = new ArrayList<>();
    for (VerifierSource witness : file.witnesses()) {
      witnesses.add(witness.load());
    }
    List<NoteKey> logs = facilities.stream().map(Facility::log).toList();
    TlogPolicy policy =
        file.policy()
            .map(given -> given.knowing(logs))
            .orElseGet(() -> TlogPolicy.all(logs, witnesses, List.of()));
    LOG.info(
        "event=policy.in-force source={} quorum=\"{}\"",
        file.policy().isPresent() ? "file" : "every configured witness",
        policy.quorumText());
    return new CloudConfig(
        file.data(), file.publicUrl(), file.name(), file.database(), facilities, witnesses, policy);
  }
}

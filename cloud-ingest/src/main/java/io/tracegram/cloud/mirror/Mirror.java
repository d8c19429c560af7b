package io.tracegram.cloud.mirror;

import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.replication.OriginHash;
import io.tracegram.runtime.cosign.CheckpointGuard;
import io.tracegram.runtime.cosign.Cosigner;
import io.tracegram.runtime.cosign.Decision;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All mirrored logs with their pending checkpoints. Thread-safe; blocks on the disk. */
public final class Mirror implements AutoCloseable {
  /** Limit of an {@code add-entries} body, decompressed, in bytes. */
  static final long MAX_UPLOAD = 64L << 20;

  private final CheckpointGuard guard;
  private final Map<String, MirroredLog> logs;

  private Mirror(CheckpointGuard guard, Map<String, MirroredLog> logs) {
    this.guard = guard;
    this.logs = logs;
  }

  /**
   * Opens the copies of all configured logs.
   *
   * @param directory holds {@code logs/<origin hash>} and {@code pending/<origin hash>}
   * @param keys of the logs
   * @param witnesses whose cosignatures are kept and served with the checkpoints
   * @throws IOException if a copy is damaged or in use; the message says what to do
   */
  public static Mirror open(
      Path directory, Collection<NoteKey> keys, List<NoteKey> witnesses, Cosigner cosigner)
      throws IOException {
    CheckpointGuard guard =
        new CheckpointGuard(directory.resolve("pending"), keys, witnesses, Optional.empty());
    Map<String, MirroredLog> logs = new LinkedHashMap<>();
    try {
      for (NoteKey key : keys) {
        List<NoteKey> signers = new ArrayList<>(List.of(key, cosigner.key()));
        signers.addAll(witnesses);
        Path copy = directory.resolve("logs").resolve(OriginHash.of(key.name()));
        logs.put(
            key.name(),
            new MirroredLog(
                key, signers, cosigner, EvidenceLog.open(copy), guard.newest(key.name())));
      }
    } catch (IOException | RuntimeException e) {
      for (MirroredLog log : logs.values()) {
        log.close();
      }
      throw e;
    }
    return new Mirror(guard, logs);
  }

  /** Decides on a pending checkpoint (tlog-mirror, "add-checkpoint"); gives no cosignature. */
  Decision addCheckpoint(String body) {
    Decision decision = guard.offer(body);
    if (decision instanceof Decision.Accepted accepted) {
      MirroredLog log = logs.get(accepted.checkpoint().origin());
      if (log != null) {
        log.pend(accepted.note());
      }
    }
    return decision;
  }

  /** Begins an {@code add-entries} request. */
  Upload upload() {
    return new Upload(logs, MAX_UPLOAD);
  }

  public Optional<MirroredLog> log(String origin) {
    return Optional.ofNullable(logs.get(origin));
  }

  Optional<MirroredLog> logByHash(String originHash) {
    return guard.originOf(originHash).flatMap(this::log);
  }

  @Override
  public void close() throws IOException {
    for (MirroredLog log : logs.values()) {
      log.close();
    }
  }
}

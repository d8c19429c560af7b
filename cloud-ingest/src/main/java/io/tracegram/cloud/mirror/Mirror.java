package io.tracegram.cloud.mirror;

import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.replication.OriginHash;
import io.tracegram.runtime.cosign.CheckpointGuard;
import io.tracegram.runtime.cosign.Cosigner;
import io.tracegram.runtime.cosign.Decision;
import io.tracegram.runtime.cosign.WitnessedCheckpoint;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
   * @param witnesses whose cosignatures are kept and served with the checkpoints, besides those
   *     that the policy names
   * @param policy which cosignatures make a checkpoint witnessed
   * @throws IOException if a copy is damaged or in use; the message says what to do
   */
  public static Mirror open(
      Path directory,
      Collection<NoteKey> keys,
      List<NoteKey> witnesses,
      TlogPolicy policy,
      Cosigner cosigner)
      throws IOException {
    List<NoteKey> kept = kept(witnesses, policy, cosigner);
    List<NoteKey> known = new ArrayList<>(kept);
    keys.forEach(key -> known.addAll(others(policy, key)));
    CheckpointGuard guard =
        new CheckpointGuard(directory.resolve("pending"), keys, known, List.of());
    Map<String, MirroredLog> logs = new LinkedHashMap<>();
    try {
      for (NoteKey key : keys) {
        List<NoteKey> signers = new ArrayList<>(List.of(key, cosigner.key()));
        signers.addAll(others(policy, key));
        signers.addAll(kept);
        String hash = OriginHash.of(key.name());
        EvidenceLog copy = EvidenceLog.open(directory.resolve("logs").resolve(hash));
        WitnessedCheckpoint witnessed =
            new WitnessedCheckpoint(
                directory.resolve("witnessed").resolve(hash).resolve("checkpoint"),
                policy,
                head ->
                    head.origin().equals(key.name())
                        && head.size() <= copy.publishedSize()
                        && head.root().equals(copy.root(head.size())));
        logs.put(
            key.name(),
            new MirroredLog(key, signers, cosigner, copy, guard.newest(key.name()), witnessed));
      }
    } catch (IOException | RuntimeException e) {
      for (MirroredLog log : logs.values()) {
        log.close();
      }
      throw e;
    }
    return new Mirror(guard, logs);
  }

  /** Returns other keys of the same log: its ML-DSA-44 line is kept where the policy lists it. */
  private static List<NoteKey> others(TlogPolicy policy, NoteKey log) {
    return policy.logs(log.name()).stream().filter(other -> !other.equals(log)).toList();
  }

  private static List<NoteKey> kept(List<NoteKey> witnesses, TlogPolicy policy, Cosigner cosigner) {
    Set<NoteKey> kept = new LinkedHashSet<>(witnesses);
    kept.addAll(policy.witnesses());
    kept.remove(cosigner.key());
    return List.copyOf(kept);
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

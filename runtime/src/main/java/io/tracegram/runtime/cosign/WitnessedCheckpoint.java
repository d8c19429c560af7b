package io.tracegram.runtime.cosign;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.PolicyVerdict;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest checkpoint of one log that met a policy, across restarts. Thread-safe.
 *
 * <p>The file proves itself: it is judged again when it is read, and counts for nothing if it does
 * not meet the policy of today, or is not a checkpoint of the tree that is here.
 */
public final class WitnessedCheckpoint {
  private static final Logger LOG = LoggerFactory.getLogger(WitnessedCheckpoint.class);

  private final NoteFile file;
  private final TlogPolicy policy;
  private final Predicate<Checkpoint> ours;
  private Optional<SignedNote> newest = Optional.empty();
  private Optional<PolicyVerdict> verdict = Optional.empty();

  /**
   * Reads what met the policy before.
   *
   * @param ours says whether a checkpoint is one of the tree that is here: its origin, and its root
   *     at its size
   */
  public WitnessedCheckpoint(Path file, TlogPolicy policy, Predicate<Checkpoint> ours) {
    this.file = new NoteFile(file);
    this.policy = policy;
    this.ours = ours;
    try {
      this.file.read().ifPresent(this::accept);
      if (newest.isEmpty() && this.file.read().isPresent()) {
        LOG.warn("event=policy.stored-checkpoint-not-accepted file={}", file);
      }
    } catch (IOException e) {
      LOG.warn("event=policy.stored-checkpoint-unreadable reason=\"{}\"", e.getMessage());
    }
  }

  /**
   * Judges a checkpoint. If it is the newest that meets the policy, it is on disk when this
   * returns.
   *
   * @throws java.io.UncheckedIOException if it cannot be stored; it counts for nothing then
   */
  public synchronized void offer(SignedNote note) {
    OptionalLong before = size();
    if (!policy.asksForWitnesses() || sizeOf(note) < before.orElse(0)) {
      return;
    }
    PolicyVerdict judged = policy.judge(note);
    if (!judged.accepted() || !ours.test(Checkpoint.parse(note.text()))) {
      return;
    }
    if (before.isEmpty() || sizeOf(note) > before.getAsLong()) {
      try {
        file.replace(note);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException("witnessed checkpoint not stored", e);
      }
    }
    newest = Optional.of(note);
    verdict = Optional.of(judged);
  }

  /** Returns the newest checkpoint that met the policy; empty if none did, or none need to. */
  public synchronized Optional<SignedNote> newest() {
    return newest;
  }

  /** Returns its size: every leaf below it is witnessed. */
  public synchronized OptionalLong size() {
    return newest.stream().mapToLong(WitnessedCheckpoint::sizeOf).findFirst();
  }

  /** Returns the names of the policy's witnesses on it. */
  public synchronized Set<String> witnesses() {
    return verdict.map(PolicyVerdict::cosignedBy).orElse(Set.of());
  }

  public TlogPolicy policy() {
    return policy;
  }

  private void accept(SignedNote note) {
    PolicyVerdict judged = policy.judge(note);
    if (policy.asksForWitnesses()
        && judged.accepted()
        && ours.test(Checkpoint.parse(note.text()))) {
      newest = Optional.of(note);
      verdict = Optional.of(judged);
    }
  }

  private static long sizeOf(SignedNote note) {
    try {
      return Checkpoint.parse(note.text()).size();
    } catch (MalformedException e) {
      return -1;
    }
  }
}

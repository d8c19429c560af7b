package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whose signatures count, and where that comes from.
 *
 * @param policy log, witnesses and quorum
 * @param foreign true if the verifier named it; false if it came with the evidence itself
 */
record Trust(TlogPolicy policy, boolean foreign) {
  /**
   * Takes the verifier's policy, else the one that comes with the source, else the source's bare
   * log key.
   *
   * @param given the verifier's policy
   * @throws IOException if there is no key at all
   * @throws MalformedException if what comes with the source is no policy and no key
   */
  static Trust of(Optional<TlogPolicy> given, LogSource source) throws IOException {
    if (given.isPresent()) {
      return new Trust(given.get(), true);
    }
    return new Trust(TlogPolicy.parse(ownPolicy(source)), false);
  }

  /**
   * Returns the policy that comes with a source, made of its bare log key if need be.
   *
   * @throws IOException if the source has neither
   */
  static String ownPolicy(LogSource source) throws IOException {
    Optional<String> own = source.ownPolicy();
    if (own.isEmpty()) {
      own = source.ownVkey().map(vkey -> "log " + vkey + "\nquorum none\n");
    }
    if (own.isEmpty()) {
      // says first if there is no log at all
      source.checkpoint();
      throw new IOException(
          "no key comes with " + source.name() + ": name a policy file with --policy");
    }
    return own.get();
  }

  /** Returns the key that a checkpoint's log must have signed it with. */
  Optional<NoteKey> log(Checkpoint head) {
    return policy.log(head.origin());
  }

  /** Says whether a checkpoint carries everything the policy asks for. */
  boolean accepts(SignedNote note) {
    return policy.log(Checkpoint.parse(note.text()).origin()).map(note::isSignedBy).orElse(false)
        && policy.isWitnessed(note);
  }

  /** Returns the names of the witnesses whose cosignature verifies, sorted. */
  List<String> cosigners(SignedNote note) {
    return List.copyOf(new TreeSet<>(policy.witnessing(note)));
  }

  /** Says why a checkpoint is not accepted; empty if it is. */
  Optional<String> refusal(SignedNote note, Checkpoint head) {
    Optional<NoteKey> log = log(head);
    if (log.isEmpty()) {
      return Optional.of("the policy does not know the log " + head.origin());
    }
    if (!note.isSignedBy(log.get())) {
      return Optional.of("not signed by " + log.get().vkey());
    }
    return policy.isWitnessed(note)
        ? Optional.empty()
        : Optional.of("the policy's quorum is not met: cosigned by " + cosigners(note));
  }
}

package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.PolicyVerdict;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import java.io.IOException;
import java.util.Optional;

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
      String quantumSafe = source.ownQuantumSafeVkey().map(vkey -> "log " + vkey + "\n").orElse("");
      own = source.ownVkey().map(vkey -> "log " + vkey + "\n" + quantumSafe + "quorum none\n");
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

  /** Says what the policy holds of a checkpoint. */
  PolicyVerdict judge(SignedNote note) {
    return policy.judge(note);
  }
}

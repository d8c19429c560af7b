package io.tracegram.ledger.evidence.log;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy says of one checkpoint. Immutable.
 *
 * @param signedBy the keys of its log that signed it
 * @param cosignedBy names of the policy's witnesses whose cosignature verifies, sorted
 * @param refusal why the policy does not accept it; empty if it does
 */
public record PolicyVerdict(
    List<NoteKey> signedBy, Set<String> cosignedBy, Optional<String> refusal) {
  public PolicyVerdict {
    signedBy = List.copyOf(signedBy);
  }

  /** Says whether a log that the policy knows signed it, and the quorum is met. */
  public boolean accepted() {
    return refusal.isEmpty();
  }

  /** Returns the algorithms that signed it, for a person: {@code Ed25519 and ML-DSA-44}. */
  public String algorithms() {
    return String.join(
        " and ", signedBy.stream().map(key -> key.type().algorithm().title()).toList());
  }
}

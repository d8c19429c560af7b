package io.tracegram.runtime.cosign;

import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.signature.Signer;
import java.time.Clock;

/** A mirror's or a witness's own key with the clock its cosignatures carry. Thread-safe. */
public record Cosigner(NoteKey key, Signer signer, Clock clock) {
  public Cosigner {
    if (!key.type().cosigns() || !key.key().equals(signer.publicKey())) {
      throw new IllegalArgumentException("the signer's key is not the cosigner " + key.name());
    }
  }

  /** Vouches for a checkpoint as of now; durable knowledge of it is the caller's. */
  public SignedNote.Signature cosign(String checkpoint) {
    return SignedNote.cosign(checkpoint, key, signer, clock.instant().getEpochSecond());
  }
}

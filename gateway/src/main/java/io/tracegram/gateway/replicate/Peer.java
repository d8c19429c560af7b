package io.tracegram.gateway.replicate;

import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import java.io.IOException;

/** One who vouches for our checkpoints. Used by one thread at a time. */
interface Peer {
  /** Returns the key that its cosignatures must verify with. */
  NoteKey key();

  /** Says whether it wants to see the cosignatures of the others too. */
  boolean takesCosignatures();

  /** Returns what finds out whether a contradiction is proven. */
  ForkCheck forkCheck();

  /**
   * Brings the peer up to a checkpoint.
   *
   * @param checkpoint of our log, with our signature
   * @return its verified cosignature
   * @throws IOException if it cannot be reached or gives an answer that is none: tried again later
   * @throws ContradictionException if it claims to know another history of our log
   * @throws RefusedCosignatureException if its cosignature does not verify
   */
  SignedNote.Signature cosignature(SignedNote checkpoint)
      throws IOException, ContradictionException, RefusedCosignatureException, InterruptedException;
}

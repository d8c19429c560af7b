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

  /**
   * Brings the peer up to a checkpoint.
   *
   * @param checkpoint of our log, with our signature
   * @return its verified cosignature
   * @throws IOException if it cannot be reached or answers nonsense: to be tried again later
   * @throws ForkException if it knows another history of our log: never to be tried again
   */
  SignedNote.Signature cosignature(SignedNote checkpoint)
      throws IOException, ForkException, InterruptedException;
}

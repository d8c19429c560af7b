package io.tracegram.gateway.log;

import io.tracegram.ledger.evidence.log.Leaf;

/**
 * A statement on its way into the log, its author verified. The encoded bytes are never changed:
 * they go to the disk as they are, uncopied.
 */
@SuppressWarnings("ArrayRecordComponent")
sealed interface Entry {
  Leaf leaf();

  byte[] encoded();

  /** Said by an agent, which waits for the outcome. */
  record FromAgent(Leaf leaf, byte[] encoded, Publisher publisher, int packet) implements Entry {}

  /** Said by the gateway itself, with its sequence in order. */
  record FromGateway(Leaf leaf, byte[] encoded) implements Entry {}
}

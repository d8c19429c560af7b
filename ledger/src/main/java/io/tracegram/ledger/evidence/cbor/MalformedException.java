package io.tracegram.ledger.evidence.cbor;

/**
 * Says where and why bytes are not an accepted encoding; carries no stack trace, since hostile
 * input raises it at will. Caught where bytes enter and turned into a refusal.
 */
public final class MalformedException extends RuntimeException {
  public MalformedException(String reason) {
    super(reason, null, false, false);
  }

  public MalformedException(String reason, int offset) {
    this(reason + " at byte " + offset);
  }
}

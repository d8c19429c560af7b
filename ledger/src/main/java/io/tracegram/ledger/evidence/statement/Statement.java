package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.Hash;

/**
 * One statement, before or after its signature.
 *
 * @param facility where it was said (CWT sub)
 * @param agent who said it: an agent's or the gateway's id (CWT iss)
 * @param boot new at every start; monotonic times compare only within one boot
 * @param epoch changes only when the author lost its memory of what it said
 * @param sequence +1 per statement within an epoch, from 1
 * @param previous SHA-256 of the to-be-signed bytes of the statement before, zeros for the first
 * @param wallMillis ms since 1970 UTC
 * @param monoMillis ms since the boot
 */
public record Statement(
    String facility,
    String agent,
    long boot,
    long epoch,
    long sequence,
    Hash previous,
    long wallMillis,
    long monoMillis,
    ClockStatus clockStatus,
    Body body) {
  public static final int MAX_ID_LENGTH = 64;

  /** The author id of a gateway: no agent may have it. */
  public static final String GATEWAY = "gateway";

  /** The author id of the central service in its own log. */
  public static final String CLOUD = "cloud";

  public Statement {
    if (facility.isEmpty() || agent.isEmpty()) {
      throw new IllegalArgumentException("facility and agent are named");
    }
    if (boot < 0 || epoch < 0 || sequence < 1 || wallMillis < 0 || monoMillis < 0) {
      throw new IllegalArgumentException("boot, epoch, sequence and times are not negative");
    }
  }
}

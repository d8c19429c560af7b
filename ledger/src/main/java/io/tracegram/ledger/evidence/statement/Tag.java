package io.tracegram.ledger.evidence.statement;

/**
 * A tag as a portal's reader told it; immutable.
 *
 * @param epc as read, {@value #SHORTEST} to {@value #LONGEST} bytes
 * @param antenna number of the reader's antenna, 0 to 65,535
 * @param rssiDbm strongest of the reads, -128 to 127 dBm
 * @param firstSeenMicros when the reader saw it first, µs since 1970 UTC by the reader's own clock
 * @param seenMillis when the agent was told, ms since 1970 UTC
 * @param count how often it was read, ≥ 1
 */
public record Tag(
    Content epc, int antenna, int rssiDbm, long firstSeenMicros, long seenMillis, int count) {
  public static final int SHORTEST = 12;
  public static final int LONGEST = 62;

  public Tag {
    if (epc.length() < SHORTEST || epc.length() > LONGEST) {
      throw new IllegalArgumentException(
          "an EPC has %d to %d bytes, not %d".formatted(SHORTEST, LONGEST, epc.length()));
    }
    if (antenna < 0 || antenna > 0xFFFF || rssiDbm < -128 || rssiDbm > 127 || count < 1) {
      throw new IllegalArgumentException("antenna, signal strength or count is out of range");
    }
    if (firstSeenMicros < 0 || seenMillis < 0) {
      throw new IllegalArgumentException("a tag is seen after 1970");
    }
  }
}

package io.tracegram.runtime.epcis;

/**
 * An event as it is kept for queries. Immutable.
 *
 * @param number in the order of recording, from 1
 * @param micros event time, µs since 1970 UTC
 * @param log origin of the log that is its evidence
 * @param leaf of that log
 * @param context of the document it came in, a JSON array
 * @param json as it came, with its id and record time
 */
public record StoredEvent(
    long number,
    String eventId,
    long micros,
    String log,
    long leaf,
    Origin origin,
    String context,
    String json) {
  /** Whose word an event is; the ordinal is stored. */
  public enum Origin {
    /** Found by the accounts of this operator's own plants. */
    OWN,
    /** Reported by another system. */
    CAPTURED
  }
}

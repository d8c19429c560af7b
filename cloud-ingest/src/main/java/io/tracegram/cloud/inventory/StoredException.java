package io.tracegram.cloud.inventory;

import java.util.Optional;

/**
 * Something wrong with goods; immutable.
 *
 * @param facility where it was seen
 * @param code stable, such as {@code custody.impossible-travel}
 * @param subject a lot, an order or a scanner; text of a stranger, possibly hostile
 * @param effect on the figures
 * @param evidence newest leaf that shows it
 * @param other leaf of another facility that contradicts it
 * @param sinceMillis plant time of the first occurrence, ms since 1970 UTC
 * @param count occurrences
 */
public record StoredException(
    String facility,
    String code,
    String subject,
    String reason,
    String effect,
    String action,
    Evidence evidence,
    Optional<Evidence> other,
    long sinceMillis,
    long count) {
  /** A leaf of a facility's log. */
  public record Evidence(String facility, long leaf) {}
}

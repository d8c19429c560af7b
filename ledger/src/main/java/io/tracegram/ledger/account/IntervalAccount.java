package io.tracegram.ledger.account;

import io.tracegram.ledger.quantity.Energy;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One closed quarter of an hour of a facility; immutable.
 *
 * @param startMillis inclusive, ms since 1970 UTC, a whole quarter of an hour
 * @param endMillis exclusive
 * @param total at the root meter
 * @param direct by production order; the order's id is its workstation and the index of the leaf
 *     that opened it, {@code calciner@1234}
 * @param idle workstations without a lot
 * @param overhead shared, on no workstation's meter
 * @param unattributed could not be attributed, with the reason in {@code problems}
 * @param interpolated part of the total's energy that was not measured in time: interpolated over a
 *     gap, or estimated
 * @param priced false if a factor was missing: then the CO2e is not known, and zero means nothing
 */
public record IntervalAccount(
    long startMillis,
    long endMillis,
    Share total,
    SortedMap<String, Share> direct,
    Share idle,
    Share overhead,
    Share unattributed,
    Energy interpolated,
    boolean priced) {
  public static final long LENGTH_MILLIS = 15 * 60 * 1_000L;

  /** Returns the start of the quarter of an hour that holds a time. */
  public static long quarter(long millis) {
    return Math.floorDiv(millis, LENGTH_MILLIS) * LENGTH_MILLIS;
  }

  public IntervalAccount {
    direct = Collections.unmodifiableSortedMap(new TreeMap<>(direct));
  }

  /** An account whose factors are all known. */
  public IntervalAccount(
      long startMillis,
      long endMillis,
      Share total,
      SortedMap<String, Share> direct,
      Share idle,
      Share overhead,
      Share unattributed,
      Energy interpolated) {
    this(startMillis, endMillis, total, direct, idle, overhead, unattributed, interpolated, true);
  }
}

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
 * @param interpolated part of the total's energy whose timing was interpolated over a gap
 */
public record IntervalAccount(
    long startMillis,
    long endMillis,
    Share total,
    SortedMap<String, Share> direct,
    Share idle,
    Share overhead,
    Share unattributed,
    Energy interpolated) {
  public static final long LENGTH_MILLIS = 15 * 60 * 1_000L;

  public IntervalAccount {
    direct = Collections.unmodifiableSortedMap(new TreeMap<>(direct));
  }
}

package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.runtime.web.Figure;
import java.util.List;

/**
 * Where the energy of some closed intervals went; {@code lots + idle + overhead + unattributed =
 * total}. Immutable.
 *
 * @param interpolated part of the total's energy whose timing was interpolated
 * @param quarters closed intervals in it
 * @param unknown those of them whose CO2e is not known: then none here is
 */
record Breakdown(
    Share lots,
    Share idle,
    Share overhead,
    Share unattributed,
    Share total,
    Energy interpolated,
    int quarters,
    int unknown) {
  static final Breakdown NONE =
      new Breakdown(Share.NONE, Share.NONE, Share.NONE, Share.NONE, Share.NONE, Energy.ZERO, 0, 0);

  static Breakdown of(List<IntervalAccount> intervals) {
    return intervals.stream().reduce(NONE, Breakdown::plus, Breakdown::plus);
  }

  /** Returns CO2e for reading, or a dash where it is not known: unknown is never zero. */
  Figure co2e(Share share, int decimals) {
    return unknown == 0 ? Figure.kilogramsCo2e(share.co2e(), decimals) : Figure.unknown("kg CO₂e");
  }

  Breakdown plus(IntervalAccount interval) {
    return plus(
        new Breakdown(
            interval.direct().values().stream().reduce(Share.NONE, Share::plus),
            interval.idle(),
            interval.overhead(),
            interval.unattributed(),
            interval.total(),
            interval.interpolated(),
            1,
            interval.priced() ? 0 : 1));
  }

  private Breakdown plus(Breakdown other) {
    return new Breakdown(
        lots.plus(other.lots),
        idle.plus(other.idle),
        overhead.plus(other.overhead),
        unattributed.plus(other.unattributed),
        total.plus(other.total),
        interpolated.plus(other.interpolated),
        quarters + other.quarters,
        unknown + other.unknown);
  }
}

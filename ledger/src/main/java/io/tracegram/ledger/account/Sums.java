package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums over all closed intervals. Single-threaded. */
final class Sums {
  private Share total;
  private Share direct;
  private Share idle;
  private Share overhead;
  private Share unattributed;
  private Energy residual;
  private long error;
  private long unpriced;
  private final SortedMap<Basis, Totals.OfBasis> bases;

  /** All of it; not copied. */
  record State(
      Share total,
      Share direct,
      Share idle,
      Share overhead,
      Share unattributed,
      Energy residual,
      long error,
      long unpriced,
      SortedMap<Basis, Totals.OfBasis> bases) {}

  Sums(State state) {
    total = state.total;
    direct = state.direct;
    idle = state.idle;
    overhead = state.overhead;
    unattributed = state.unattributed;
    residual = state.residual;
    error = state.error;
    unpriced = state.unpriced;
    bases = state.bases;
  }

  static State empty() {
    return new State(
        Share.NONE,
        Share.NONE,
        Share.NONE,
        Share.NONE,
        Share.NONE,
        Energy.ZERO,
        0,
        0,
        new TreeMap<>());
  }

  State state() {
    return new State(total, direct, idle, overhead, unattributed, residual, error, unpriced, bases);
  }

  /** Says whether an interval lacks a factor on a basis. */
  boolean lacks(Basis basis) {
    return bases.getOrDefault(basis, Totals.OfBasis.NONE).unknown() > 0;
  }

  void add(IntervalAccount account, Optional<FacilityInterval> facility) {
    count(account, facility, 1);
  }

  void subtract(IntervalAccount account, Optional<FacilityInterval> facility) {
    count(account, facility, -1);
  }

  private void count(IntervalAccount account, Optional<FacilityInterval> facility, int sign) {
    Share lots = account.direct().values().stream().reduce(Share.NONE, Share::plus);
    total = total.plus(account.total().times(sign));
    direct = direct.plus(lots.times(sign));
    idle = idle.plus(account.idle().times(sign));
    overhead = overhead.plus(account.overhead().times(sign));
    unattributed = unattributed.plus(account.unattributed().times(sign));
    unpriced += account.priced() ? 0 : sign;
    Share parts = lots.plus(account.idle()).plus(account.overhead()).plus(account.unattributed());
    add(Math.abs(account.total().co2e().minus(parts.co2e()).micrograms()), sign);
    facility.ifPresent(interval -> bases(interval, sign));
  }

  private void bases(FacilityInterval interval, int sign) {
    residual =
        new Energy(
            Math.addExact(
                residual.milliwattHours(),
                Math.multiplyExact(interval.residual().milliwattHours(), sign)));
    for (Basis basis : interval.bases()) {
      Optional<Co2e> known = interval.co2e(basis);
      if (basis != interval.headline() && known.isPresent()) {
        long parts = 0;
        for (long part : interval.parts(basis)) {
          parts = Math.addExact(parts, part);
        }
        add(Math.abs(known.get().micrograms() - parts), sign);
      }
      bases.merge(basis, Totals.OfBasis.of(known).times(sign), Totals.OfBasis::plus);
    }
  }

  private void add(long difference, int sign) {
    error = Math.addExact(error, Math.multiplyExact(difference, sign));
  }

  Totals totals(long intervals, long readings, long agentStatements, long leaves) {
    return new Totals(
        total,
        direct,
        idle,
        overhead,
        unattributed,
        new Co2e(error),
        intervals,
        readings,
        agentStatements,
        leaves,
        residual,
        unpriced,
        Map.copyOf(bases));
  }
}

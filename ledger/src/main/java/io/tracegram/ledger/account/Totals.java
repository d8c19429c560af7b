package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import java.util.Map;
import java.util.Optional;

/**
 * Sums over all closed intervals; immutable.
 *
 * @param conservationError |total − (direct + idle + overhead + unattributed)| summed over all
 *     intervals: always zero, and shown so that everyone can see it
 * @param readings register and power readings in admitted statements
 * @param leaves the log size these figures stand on
 * @param residual electric energy on no meter below the sources
 * @param unpriced intervals that lack a factor: while there are any, no CO2e here is the whole
 * @param bases each basis that any interval is accounted on
 */
public record Totals(
    Share total,
    Share direct,
    Share idle,
    Share overhead,
    Share unattributed,
    Co2e conservationError,
    long intervals,
    long readings,
    long agentStatements,
    long leaves,
    Energy residual,
    long unpriced,
    Map<Basis, OfBasis> bases) {
  /**
   * A sum on one basis.
   *
   * @param co2e of the intervals whose factors are all known
   * @param intervals that are accounted on this basis
   * @param unknown those of them that lack a factor
   */
  public record OfBasis(Co2e co2e, long intervals, long unknown) {
    public static final OfBasis NONE = new OfBasis(Co2e.ZERO, 0, 0);

    static OfBasis of(Optional<Co2e> interval) {
      return new OfBasis(interval.orElse(Co2e.ZERO), 1, interval.isPresent() ? 0 : 1);
    }

    OfBasis plus(OfBasis other) {
      return new OfBasis(
          co2e.plus(other.co2e), intervals + other.intervals, unknown + other.unknown);
    }

    OfBasis times(int factor) {
      return new OfBasis(
          new Co2e(Math.multiplyExact(co2e.micrograms(), factor)),
          intervals * factor,
          unknown * factor);
    }
  }

  /** Says whether the CO2e of every interval is known. */
  public boolean priced() {
    return unpriced == 0;
  }

  Totals with(Map<Basis, OfBasis> settled) {
    return new Totals(
        total,
        direct,
        idle,
        overhead,
        unattributed,
        conservationError,
        intervals,
        readings,
        agentStatements,
        leaves,
        residual,
        unpriced,
        Map.copyOf(settled));
  }

  /** Sums of the first calculator, which knew one basis and no residual. */
  public Totals(
      Share total,
      Share direct,
      Share idle,
      Share overhead,
      Share unattributed,
      Co2e conservationError,
      long intervals,
      long readings,
      long agentStatements,
      long leaves) {
    this(
        total,
        direct,
        idle,
        overhead,
        unattributed,
        conservationError,
        intervals,
        readings,
        agentStatements,
        leaves,
        Energy.ZERO,
        0,
        Map.of());
  }
}

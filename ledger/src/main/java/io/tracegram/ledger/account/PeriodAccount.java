package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import java.util.List;
import java.util.Optional;

/**
 * The account of a closed month: the sums of its quarters of an hour, and what instruments cover;
 * immutable.
 *
 * @param fromMillis ms since 1970 UTC, the month's start in the plant's zone
 * @param toMillis exclusive
 * @param intervals quarters of an hour that are accounted
 * @param absent those that are not
 * @param postings by source, of the intervals as {@link Market#settle} leaves them
 * @param parts by the kind of destination, in its order; parts add up to postings on every basis
 * @param market empty if the facility holds no instruments: then market-based figures are sums too
 */
public record PeriodAccount(
    long fromMillis,
    long toMillis,
    Revision revision,
    int intervals,
    int absent,
    List<Posting> postings,
    List<Part> parts,
    Optional<Market> market) {
  /**
   * What went to one kind of destination.
   *
   * @param electricity electric energy
   * @param co2e by rising basis, of all carriers
   */
  public record Part(Cell.Kind kind, Energy electricity, List<Amount> co2e) {
    public Part {
      co2e = List.copyOf(co2e);
    }
  }

  /**
   * CO2e on one basis.
   *
   * @param co2e empty if a factor is missing
   */
  public record Amount(Basis basis, Optional<Co2e> co2e) {}

  public PeriodAccount {
    postings = List.copyOf(postings);
    parts = List.copyOf(parts);
  }

  /** Returns the bases on which the month is accounted. */
  public List<Basis> bases() {
    return parts.isEmpty()
        ? List.of()
        : parts.getFirst().co2e().stream().map(Amount::basis).toList();
  }

  /** Returns the total on a basis; empty if a factor is missing, or the basis not accounted. */
  public Optional<Co2e> co2e(Basis basis) {
    Co2e sum = Co2e.ZERO;
    for (Posting posting : postings) {
      Optional<Co2e> part = posting.price(basis).flatMap(Price::co2e);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(part.get());
    }
    return Optional.of(sum);
  }

  /** Returns the month's quarters of an hour with their final market-based prices. */
  public List<FacilityInterval> settle(List<FacilityInterval> wholeMonth) {
    return market.map(known -> known.settle(fromMillis, wholeMonth)).orElse(wholeMonth);
  }

  /** Says whether another account of the month has the same figures. */
  boolean sameFigures(PeriodAccount other) {
    return intervals == other.intervals
        && absent == other.absent
        && postings.equals(other.postings)
        && parts.equals(other.parts)
        && market.equals(other.market);
  }
}

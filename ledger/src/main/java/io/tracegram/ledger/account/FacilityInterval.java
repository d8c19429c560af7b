package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.LargestRemainder;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole account of a closed quarter of an hour: what came in, on every basis, and where it
 * went; immutable.
 *
 * <p>Postings are rounded; entries partition them. The CO2e of an entry is its part by largest
 * remainder of each posting of its carrier, so that entries add up to postings exactly.
 *
 * @param startMillis ms since 1970 UTC, a whole quarter of an hour
 * @param headline the basis of figures that are shown alone, such as those of lots
 * @param entries in canonical order
 * @param meters every register of the plant
 */
public record FacilityInterval(
    long startMillis,
    Revision revision,
    Basis headline,
    List<Posting> postings,
    List<Entry> entries,
    List<MeterSlice> meters,
    List<Mark> marks) {
  public FacilityInterval {
    postings = List.copyOf(postings);
    entries = List.copyOf(entries);
    meters = List.copyOf(meters);
    marks = List.copyOf(marks);
  }

  public long endMillis() {
    return startMillis + IntervalAccount.LENGTH_MILLIS;
  }

  /** Returns the same account with other prices. */
  FacilityInterval priced(Basis newHeadline, List<Posting> repriced) {
    return new FacilityInterval(
        startMillis, revision, newHeadline, repriced, entries, meters, marks);
  }

  FacilityInterval as(Revision next) {
    return new FacilityInterval(startMillis, next, headline, postings, entries, meters, marks);
  }

  /** Says whether another account of the interval has the same figures. */
  boolean sameFigures(FacilityInterval other) {
    return headline == other.headline
        && postings.equals(other.postings)
        && entries.equals(other.entries)
        && marks.equals(other.marks)
        && slices().equals(other.slices());
  }

  private List<?> slices() {
    return meters.stream().map(MeterSlice::slice).toList();
  }

  /** Returns the bases on which the interval is accounted. */
  public List<Basis> bases() {
    return postings.isEmpty()
        ? List.of()
        : postings.getFirst().prices().stream().map(Price::basis).toList();
  }

  /** Returns the total on a basis; empty if a factor is missing, or the basis not accounted. */
  public Optional<Co2e> co2e(Basis basis) {
    return Posting.co2e(postings, basis);
  }

  /** Returns the electric energy that came in and was used here. */
  public Energy supplied() {
    return new Energy(
        postings.stream()
            .filter(posting -> posting.carrier().equals(Meter.ELECTRICITY))
            .mapToLong(Posting::amount)
            .reduce(0, Math::addExact));
  }

  /** Returns the electric energy on no meter below the sources. */
  public Energy residual() {
    return new Energy(
        entries.stream()
            .filter(entry -> entry.carrier().equals(Meter.ELECTRICITY))
            .filter(entry -> entry.node().equals(Entry.SITE))
            .mapToLong(Entry::amount)
            .reduce(0, Math::addExact));
  }

  /**
   * Returns each entry's part of a posting in µg, in the order of {@link #entries}; zeros for other
   * carriers, and all zeros if the posting's price on the basis is unknown.
   */
  public long[] parts(Posting posting, Basis basis) {
    Optional<Co2e> price = posting.price(basis).flatMap(Price::co2e);
    if (price.isEmpty() || price.get().micrograms() == 0) {
      return new long[entries.size()];
    }
    long[] weights = new long[entries.size()];
    for (int i = 0; i < weights.length; i++) {
      Entry entry = entries.get(i);
      weights[i] = entry.carrier().equals(posting.carrier()) ? entry.amount() : 0;
    }
    return LargestRemainder.partition(price.get().micrograms(), weights);
  }

  /** Returns each entry's CO2e on a basis in µg, in the order of {@link #entries}. */
  public long[] parts(Basis basis) {
    long[] sums = new long[entries.size()];
    for (Posting posting : postings) {
      long[] parts = parts(posting, basis);
      for (int i = 0; i < parts.length; i++) {
        sums[i] = Math.addExact(sums[i], parts[i]);
      }
    }
    return sums;
  }

  /** Returns the account as the headline shows it: electric energy, and CO2e of all carriers. */
  public IntervalAccount summary() {
    long[] co2e = parts(headline);
    SortedMap<Cell, Share> cells = new TreeMap<>();
    for (int i = 0; i < co2e.length; i++) {
      Entry entry = entries.get(i);
      long electric = entry.carrier().equals(Meter.ELECTRICITY) ? entry.amount() : 0;
      cells.merge(entry.cell(), new Share(new Energy(electric), new Co2e(co2e[i])), Share::plus);
    }
    SortedMap<String, Share> direct = new TreeMap<>();
    cells.forEach(
        (cell, share) -> {
          if (cell.kind() == Cell.Kind.DIRECT) {
            direct.put(cell.order(), share);
          }
        });
    Co2e total =
        postings.stream()
            .flatMap(posting -> posting.price(headline).flatMap(Price::co2e).stream())
            .reduce(Co2e.ZERO, Co2e::plus);
    return new IntervalAccount(
        startMillis,
        endMillis(),
        new Share(supplied(), total),
        direct,
        cells.getOrDefault(Cell.IDLE, Share.NONE),
        cells.getOrDefault(Cell.OVERHEAD, Share.NONE),
        cells.getOrDefault(Cell.UNATTRIBUTED, Share.NONE),
        notMeasured(),
        co2e(headline).isPresent());
  }

  /** Returns the electric energy of the sources that was interpolated or estimated. */
  Energy notMeasured() {
    long sum = 0;
    for (Posting posting : postings) {
      for (MeterSlice meter : meters) {
        if (posting.carrier().equals(Meter.ELECTRICITY) && meter.meter().equals(posting.source())) {
          sum += meter.slice().interpolated() + meter.slice().estimated();
        }
      }
    }
    return new Energy(Math.min(sum, supplied().milliwattHours()));
  }
}

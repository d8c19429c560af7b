package io.tracegram.ledger.emission;

import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.HalfEven;
import java.util.List;
import java.util.Optional;

/**
 * The average carbon intensity of a grid, slot by slot; immutable.
 *
 * <p>A slot that is absent is unknown; nothing is carried over from its neighbours.
 *
 * @param id by which a plant names it, {@code [a-z0-9-]{1,40}}
 * @param boundary what is included, such as {@code generation}, {@code life-cycle}
 * @param stepMillis length of every slot: a quarter, a half or a whole hour
 * @param slots by strictly rising start
 * @param quality what is stated of all its values
 */
public record IntensitySeries(
    String id,
    String zone,
    String boundary,
    String gwpSet,
    String source,
    String licence,
    long stepMillis,
    List<Slot> slots,
    FactorQuality quality)
    implements FactorDocument {
  /** The finest step: a quarter of an hour. */
  public static final long QUARTER = 900_000L;

  private static final long YEAR_10000 = 253_402_300_800_000L;
  private static final long NANOGRAMS_MWH_PER_MICROGRAM_KWH = 1_000_000_000L;

  /**
   * The average over one slot.
   *
   * @param startMillis ms since 1970 UTC, a multiple of the step
   * @param nanogramsPerKwh CO2e of one kWh, ≥ 0
   * @param estimated whether the publisher says that it is an estimate
   */
  public record Slot(long startMillis, long nanogramsPerKwh, boolean estimated) {
    public Slot {
      if (startMillis < 0 || startMillis >= YEAR_10000) {
        throw new IllegalArgumentException("a slot starts in the years 1970 to 9999");
      }
      if (nanogramsPerKwh < 0) {
        throw new IllegalArgumentException("an average intensity is not negative");
      }
    }

    /**
     * Returns the posting for an amount of energy, rounded half-even once to µg.
     *
     * @throws ArithmeticException if it is beyond 9.2 Mt
     */
    public Posting of(Energy energy) {
      return new Posting(
          new Co2e(
              HalfEven.multiplyDivide(
                  energy.milliwattHours(), nanogramsPerKwh, NANOGRAMS_MWH_PER_MICROGRAM_KWH)),
          estimated);
    }
  }

  /**
   * What energy of one slot emits.
   *
   * @param estimated whether the intensity is an estimate
   */
  public record Posting(Co2e co2e, boolean estimated) {}

  /** A series of whose quality nothing is stated. */
  public IntensitySeries(
      String id,
      String zone,
      String boundary,
      String gwpSet,
      String source,
      String licence,
      long stepMillis,
      List<Slot> slots) {
    this(id, zone, boundary, gwpSet, source, licence, stepMillis, slots, FactorQuality.NONE);
  }

  public IntensitySeries {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("the id of a series is [a-z0-9-]{1,40}: " + id);
    }
    if (stepMillis != QUARTER && stepMillis != 2 * QUARTER && stepMillis != 4 * QUARTER) {
      throw new IllegalArgumentException(
          "series " + id + ": a step is 15, 30 or 60 minutes, not " + stepMillis + " ms");
    }
    slots = List.copyOf(slots);
    long before = Long.MIN_VALUE;
    for (Slot slot : slots) {
      if (Math.floorMod(slot.startMillis(), stepMillis) != 0 || slot.startMillis() <= before) {
        throw new IllegalArgumentException("slots rise by whole steps");
      }
      before = slot.startMillis();
    }
  }

  /** Returns the slot that holds {@code [startMillis, endMillis)} whole, if it is known. */
  public Optional<Slot> slot(long startMillis, long endMillis) {
    int low = 0;
    int high = slots.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Slot slot = slots.get(middle);
      if (slot.startMillis() > startMillis) {
        high = middle - 1;
      } else if (startMillis - slot.startMillis() >= stepMillis) {
        low = middle + 1;
      } else {
        return endMillis > startMillis && endMillis - slot.startMillis() <= stepMillis
            ? Optional.of(slot)
            : Optional.empty();
      }
    }
    return Optional.empty();
  }
}

package io.tracegram.ledger.emission;

import java.util.List;

/**
 * The average carbon intensity of a grid, slot by slot; immutable.
 *
 * <p>A slot that is absent is unknown; nothing is carried over from its neighbours.
 *
 * @param id by which a plant names it, {@code [a-z0-9-]{1,40}}
 * @param boundary what is included, such as {@code generation}, {@code life-cycle}
 * @param stepMillis length of every slot: a quarter, a half or a whole hour
 * @param slots by strictly rising start
 */
public record IntensitySeries(
    String id,
    String zone,
    String boundary,
    String gwpSet,
    String source,
    String licence,
    long stepMillis,
    List<Slot> slots) {
  /**
   * The average over one slot.
   *
   * @param startMillis ms since 1970 UTC, a multiple of the step
   * @param nanogramsPerKwh CO2e of one kWh, ≥ 0
   * @param estimated whether the publisher says that it is an estimate
   */
  public record Slot(long startMillis, long nanogramsPerKwh, boolean estimated) {
    public Slot {
      if (nanogramsPerKwh < 0) {
        throw new IllegalArgumentException("an average intensity is not negative");
      }
    }
  }

  public IntensitySeries {
    slots = List.copyOf(slots);
    long before = Long.MIN_VALUE;
    for (Slot slot : slots) {
      if (Math.floorMod(slot.startMillis(), stepMillis) != 0 || slot.startMillis() <= before) {
        throw new IllegalArgumentException("slots rise by whole steps");
      }
      before = slot.startMillis();
    }
  }
}

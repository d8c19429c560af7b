package io.tracegram.deploy.simulator;

import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The root meter advances by the energy of a file's slots, the others by a share of the meter above
 * them. Immutable.
 */
final class Replay implements EnergySource {
  private static final long WATT_MILLIS_PER_WATT_HOUR = 3_600_000;
  private static final long SLOTS_PER_HOUR = 4;

  private final PlantModel plant;
  private final Slots slots;
  private final Map<String, Integer> sharePercent;

  Replay(PlantModel plant, Slots slots, Map<String, Integer> sharePercent) {
    this.plant = plant;
    this.slots = slots;
    this.sharePercent = Map.copyOf(sharePercent);
  }

  /**
   * @throws IllegalArgumentException if the span is not one of the slots
   */
  @Override
  public Map<String, Flow> between(long fromMillis, long toMillis, Set<String> busy) {
    long offset = fromMillis - slots.start().toEpochMilli();
    long slot = offset / Slots.SLOT_MILLIS;
    if (offset % Slots.SLOT_MILLIS != 0
        || toMillis - fromMillis != Slots.SLOT_MILLIS
        || slot < 0
        || slot >= slots.wattHours().size()) {
      throw new IllegalArgumentException("not a slot of the file: " + fromMillis);
    }
    long wattMillis =
        Math.multiplyExact(slots.wattHours().get((int) slot), WATT_MILLIS_PER_WATT_HOUR);
    Map<String, Flow> flows = new HashMap<>();
    put(flows, plant.gridMeter(), wattMillis);
    return flows;
  }

  private void put(Map<String, Flow> flows, Meter meter, long wattMillis) {
    long watts = wattMillis / WATT_MILLIS_PER_WATT_HOUR * SLOTS_PER_HOUR;
    flows.put(meter.id(), new Flow(wattMillis, watts));
    for (Meter below : plant.meters()) {
      if (below.parent().filter(meter.id()::equals).isPresent()) {
        int percent = sharePercent.getOrDefault(below.id(), 0);
        put(flows, below, Math.multiplyExact(wattMillis, percent) / 100);
      }
    }
  }
}

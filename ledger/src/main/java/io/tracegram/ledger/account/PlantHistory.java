package io.tracegram.ledger.account;

import io.tracegram.ledger.plant.PlantModel;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which plant model accounts which time, so that a later factor never changes what an earlier one
 * has posted. Single-threaded.
 */
final class PlantHistory {
  private static final int LIMIT = 64;

  private final TreeMap<Long, PlantModel> plants = new TreeMap<>();

  /** Models by the start of the first interval that they account. */
  record State(SortedMap<Long, PlantModel> plants) {}

  PlantHistory(State state) {
    plants.putAll(state.plants);
  }

  static State empty() {
    return new State(new TreeMap<>());
  }

  State state() {
    return new State(plants);
  }

  /** From a time on, another model is in force. */
  void declared(PlantModel plant, OptionalLong closedThrough) {
    plants.put(closedThrough.orElse(0), plant);
    if (plants.size() > LIMIT) {
      plants.pollFirstEntry();
    }
  }

  /**
   * Returns the model by which an interval is accounted again: the one that was in force, and where
   * that had no factor, the factor of the newest.
   */
  PlantModel at(long start) {
    Map.Entry<Long, PlantModel> then = plants.floorEntry(start);
    PlantModel newest = plants.lastEntry().getValue();
    PlantModel plant = then == null ? plants.firstEntry().getValue() : then.getValue();
    return plant.with(filled(plant.grid(), newest.grid()));
  }

  private static PlantModel.Grid filled(PlantModel.Grid then, PlantModel.Grid newest) {
    return new PlantModel.Grid(
        then.factor().or(newest::factor),
        then.intensity(),
        then.residualMix(),
        then.upstream(),
        then.ownGeneration()
            .or(() -> then.upstream().isPresent() ? newest.ownGeneration() : Optional.empty()),
        then.certificatesSold());
  }
}

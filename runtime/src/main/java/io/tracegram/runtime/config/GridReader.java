package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.plant.PlantModel;
import java.util.Optional;

/** Reads how a plant's electricity is priced. Stateless. */
final class GridReader {
  private GridReader() {}

  static PlantModel.Grid read(YamlMap grid) {
    PlantModel.Grid read =
        new PlantModel.Grid(
            factor(grid, "factor"),
            grid.has("intensity") ? grid.id("intensity") : PlantModel.Grid.DEFAULT_INTENSITY,
            factor(grid, "residualMix"),
            factor(grid, "upstream"),
            factor(grid, "ownGeneration"),
            grid.flag("certificatesSold", false));
    grid.close();
    return read;
  }

  private static Optional<EmissionFactor> factor(YamlMap grid, String key) {
    return grid.optionalMap(key)
        .map(read -> FactorReader.read(read, "kgCo2ePerKwh", EmissionFactor.Unit.KWH));
  }
}

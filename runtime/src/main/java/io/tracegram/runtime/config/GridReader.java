package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.plant.PlantModel;
import java.util.Optional;

/** Reads how a plant's electricity is priced. Stateless. */
final class GridReader {
  private GridReader() {}

  static PlantModel.Grid read(YamlMap grid, FactorReader factors) {
    PlantModel.Grid read =
        new PlantModel.Grid(
            factor(grid, "factor", factors),
            grid.has("intensity") ? grid.id("intensity") : PlantModel.Grid.DEFAULT_INTENSITY,
            factor(grid, "residualMix", factors),
            factor(grid, "upstream", factors),
            factor(grid, "ownGeneration", factors),
            grid.flag("certificatesSold", false));
    grid.close();
    return read;
  }

  private static Optional<EmissionFactor> factor(YamlMap grid, String key, FactorReader factors) {
    Optional<EmissionFactor> factor =
        grid.optionalMap(key)
            .flatMap(read -> factors.read(read, "kgCo2ePerKwh", EmissionFactor.Unit.KWH));
    if (factor.map(known -> known.boundary().equals("heat-supply")).orElse(false)) {
      grid.error(key, "wrong-boundary", "'heat-supply' is no boundary of electricity");
    }
    return factor;
  }
}

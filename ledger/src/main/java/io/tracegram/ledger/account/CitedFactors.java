package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.plant.PlantModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The factors of a plant as its prices cite them. Immutable. */
public final class CitedFactors {
  private static final Pattern OF_FUEL =
      Pattern.compile(
          "(.*)(?:"
              + FuelRun.SPLIT_BY
              + "efficiency-\\d+-\\d+ of [a-z0-9-]+|"
              + FuelRun.NOT_SPLIT
              + "[a-z ]+)");

  private final Map<String, List<EmissionFactor>> cited = new HashMap<>();
  private final Set<String> ambiguous = new HashSet<>();

  public CitedFactors(PlantModel plant) {
    PlantModel.Grid grid = plant.grid();
    Stream.of(grid.factor(), grid.residualMix(), grid.ownGeneration())
        .flatMap(Optional::stream)
        .forEach(this::add);
    grid.factor().ifPresent(factor -> addSum(factor, grid.upstream()));
    for (PlantModel.Carrier carrier : plant.carriers()) {
      add(carrier.factor());
      addSum(carrier.factor(), carrier.upstream());
    }
  }

  private void addSum(EmissionFactor factor, Optional<EmissionFactor> more) {
    more.ifPresent(known -> add(Pricing.sum(factor, known).citation(), List.of(factor, known)));
  }

  private void add(EmissionFactor factor) {
    add(factor.citation(), List.of(factor));
  }

  private void add(String citation, List<EmissionFactor> factors) {
    List<EmissionFactor> before = cited.putIfAbsent(citation, factors);
    if (before != null && !before.equals(factors)) {
      ambiguous.add(citation);
    }
  }

  /**
   * Returns the factors whose sum a price cites; empty if the plant has no such, or several: a
   * series, an instrument, a factor of an earlier model.
   */
  public Optional<List<EmissionFactor>> of(Price price) {
    Matcher fuel = OF_FUEL.matcher(price.factor());
    return Stream.of(price.factor(), fuel.matches() ? fuel.group(1) : "")
        .filter(cited::containsKey)
        .filter(known -> !ambiguous.contains(known))
        .findFirst()
        .map(cited::get);
  }
}

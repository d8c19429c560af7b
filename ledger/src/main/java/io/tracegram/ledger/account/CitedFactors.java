package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorQuality;
import io.tracegram.ledger.emission.InstrumentMatching.Matched;
import io.tracegram.ledger.emission.InstrumentMatching.Source;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Co2e;
import java.math.BigDecimal;
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

  private final PlantModel plant;
  private final StatedFactors stated;
  private final Map<String, List<Part>> cited = new HashMap<>();
  private final Set<String> ambiguous = new HashSet<>();

  /**
   * One of the factors that a price adds up.
   *
   * @param name equal for the same factor, whatever cites it
   * @param weight its part of the price, ≥ 0, by the sum of all weights
   */
  public record Part(String name, BigDecimal weight, FactorQuality quality) {
    static Part of(EmissionFactor factor) {
      return new Part(factor.citation(), factor.kgPerUnit(), factor.quality());
    }
  }

  /**
   * @param stated what documents beside the plant model state
   */
  public CitedFactors(PlantModel plant, StatedFactors stated) {
    this.plant = plant;
    this.stated = stated;
    PlantModel.Grid grid = plant.grid();
    Stream.of(grid.factor(), grid.residualMix(), grid.ownGeneration())
        .flatMap(Optional::stream)
        .forEach(this::add);
    grid.factor().ifPresent(factor -> addSum(factor, grid.upstream()));
    for (PlantModel.Carrier carrier : plant.carriers()) {
      add(carrier.factor());
      addSum(carrier.factor(), carrier.upstream());
    }
    stated
        .ofSeries(grid.intensity())
        .ifPresent(
            quality ->
                add(
                    grid.intensity(),
                    List.of(new Part(grid.intensity(), BigDecimal.ONE, quality))));
  }

  private void addSum(EmissionFactor factor, Optional<EmissionFactor> more) {
    more.ifPresent(
        known ->
            add(Pricing.sum(factor, known).citation(), List.of(Part.of(factor), Part.of(known))));
  }

  private void add(EmissionFactor factor) {
    add(factor.citation(), List.of(Part.of(factor)));
  }

  private void add(String citation, List<Part> parts) {
    List<Part> before = cited.putIfAbsent(citation, parts);
    if (before != null && !before.equals(parts)) {
      ambiguous.add(citation);
    }
  }

  /**
   * Returns the factors whose sum a price cites; empty if the plant has no such, or several: a
   * series of whose quality nothing is stated, a factor of an earlier model.
   *
   * @param market of the price's month, if that is closed and something covers it
   */
  public Optional<List<Part>> of(Price price, Optional<Market> market) {
    if (market.filter(known -> known.portfolio().equals(price.factor())).isPresent()) {
      return matched(market.get(), price.basis()).map(known -> parts(market.get(), known));
    }
    Matcher fuel = OF_FUEL.matcher(price.factor());
    return Stream.of(price.factor(), fuel.matches() ? fuel.group(1) : "")
        .filter(cited::containsKey)
        .filter(known -> !ambiguous.contains(known))
        .findFirst()
        .map(cited::get);
  }

  private static Optional<Matched> matched(Market market, Basis basis) {
    return basis == Basis.MB_HOURLY
        ? market.hourly().map(Market.Hourly::whole)
        : Optional.of(market.annual());
  }

  /** What covered the month counts by its part of the month's CO2e. */
  private List<Part> parts(Market market, Matched matched) {
    return matched.parts().stream()
        .map(
            part ->
                part(
                    market,
                    part.source(),
                    BigDecimal.valueOf(part.co2e().map(Co2e::micrograms).orElse(0L))))
        .toList();
  }

  private Part part(Market market, Source source, BigDecimal weight) {
    return switch (source) {
      case Source.OfInstrument(String id, var _) ->
          new Part(
              market.portfolio() + " " + id,
              weight,
              stated.ofInstrument(market, id).orElse(FactorQuality.NONE));
      case Source.ResidualMix(String id) -> of(plant.grid().residualMix(), id, weight);
      case Source.GridAverageFlagged(String id) -> of(plant.grid().factor(), id, weight);
      case Source.Unpriced _ -> new Part("", weight, FactorQuality.NONE);
    };
  }

  private static Part of(Optional<EmissionFactor> factor, String id, BigDecimal weight) {
    return factor
        .filter(known -> known.id().equals(id))
        .map(known -> new Part(known.citation(), weight, known.quality()))
        .orElse(new Part(id, weight, FactorQuality.NONE));
  }
}

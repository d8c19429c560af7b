package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.FactorDocument;
import io.tracegram.ledger.emission.FactorQuality;
import io.tracegram.ledger.emission.FactorSet;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.emission.IntensitySeries;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The quality of factors that stand in documents of their own, as far as it is stated; immutable.
 *
 * @param series by id
 * @param portfolio how prices cite the newest portfolio; empty if there is none
 * @param instruments of it, by id
 */
public record StatedFactors(
    SortedMap<String, FactorQuality> series,
    String portfolio,
    SortedMap<String, FactorQuality> instruments) {
  public static final StatedFactors NONE = new StatedFactors(new TreeMap<>(), "", new TreeMap<>());

  /** Returns these and what another document states. */
  public StatedFactors with(FactorDocument document) {
    return switch (document) {
      case FactorSet _ -> this; // the plant model names its factors with their quality
      case IntensitySeries told -> {
        SortedMap<String, FactorQuality> all = new TreeMap<>(series);
        state(all, told.id(), told.quality());
        yield new StatedFactors(all, portfolio, instruments);
      }
      case InstrumentPortfolio held -> {
        SortedMap<String, FactorQuality> all = new TreeMap<>();
        held.instruments().forEach(it -> state(all, it.id(), it.factor().quality()));
        yield new StatedFactors(series, Market.citation(held), all);
      }
    };
  }

  private static void state(
      SortedMap<String, FactorQuality> all, String id, FactorQuality quality) {
    if (quality.equals(FactorQuality.NONE)) {
      all.remove(id);
    } else {
      all.put(id, quality);
    }
  }

  Optional<FactorQuality> ofSeries(String id) {
    return Optional.ofNullable(series.get(id));
  }

  /** Returns that of an instrument as a market cites it. */
  Optional<FactorQuality> ofInstrument(Market market, String id) {
    return market.portfolio().equals(portfolio)
        ? Optional.ofNullable(instruments.get(id))
        : Optional.empty();
  }
}

package io.tracegram.ledger.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.EmissionFactor.Unit;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Carrier;
import io.tracegram.ledger.plant.PlantModel.Meter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CitedFactorsTest {
  private static final EmissionFactor GRID = factor("grid", "0.2", Unit.KWH);
  private static final EmissionFactor GAS = factor("gas by net", "0.2", Unit.KWH_NET);
  private static final EmissionFactor WELL = factor("well", "0.03", Unit.KWH_NET);
  private static final EmissionFactor HEAT = factor("heat", "0.1", Unit.KWH);
  private static final EmissionFactor STEAM = factor("heat", "0.3", Unit.KWH);

  private static final CitedFactors FACTORS =
      new CitedFactors(
          Site.model(
              PlantModel.Grid.of(GRID),
              List.of(
                  carrier("gas", Carrier.Kind.FUEL, GAS, Optional.of(WELL)),
                  carrier("heat", Carrier.Kind.HEAT, HEAT, Optional.empty()),
                  carrier("steam", Carrier.Kind.HEAT, STEAM, Optional.empty())),
              Site.source("main", Meter.Role.GRID_IMPORT)),
          StatedFactors.NONE);

  @Test
  void findsTheFactorsOfASumAndOfASplitFuel() {
    assertThat(of("grid 2025")).contains(List.of("grid 2025"));
    assertThat(of("gas by net 2025")).contains(List.of("gas by net 2025"));
    assertThat(of("gas by net + well 2025")).contains(List.of("gas by net 2025", "well 2025"));
    assertThat(of("gas by net + well 2025 by efficiency-350-800 of engine-gas"))
        .contains(List.of("gas by net 2025", "well 2025"));
    assertThat(of("gas by net 2025, not split: neither heat nor power"))
        .contains(List.of("gas by net 2025"));
  }

  @Test
  void guessesNothing() {
    assertThat(of("grid 2024")).as("of an earlier model").isEmpty();
    assertThat(of("heat 2025")).as("of two carriers").isEmpty();
    assertThat(of("held 1")).as("instruments").isEmpty();
    assertThat(of("gas by net 2025 by efficiency-350-800 of engine-gas + grid 2025"))
        .as("beside a claim that was bought")
        .isEmpty();
  }

  private static Optional<List<String>> of(String cited) {
    return FACTORS
        .of(new Price(Basis.LB_ANNUAL, Optional.empty(), cited, false), Optional.empty())
        .map(parts -> parts.stream().map(CitedFactors.Part::name).toList());
  }

  private static Carrier carrier(
      String id, Carrier.Kind kind, EmissionFactor factor, Optional<EmissionFactor> upstream) {
    return new Carrier(id, id, kind, factor, upstream, Optional.empty());
  }

  private static EmissionFactor factor(String id, String value, Unit unit) {
    return new EmissionFactor(
        id, new BigDecimal(value), unit, "2025", "any", "AR5", "test", "none");
  }
}

package io.tracegram.ledger.emission;

import io.tracegram.ledger.emission.IntensitySeries.Slot;
import io.tracegram.ledger.quantity.Energy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Factors and series of the tests. */
final class FactorSamples {
  private FactorSamples() {}

  static EmissionFactor factor(String id, String kg, EmissionFactor.Unit unit) {
    return new EmissionFactor(
        id, new BigDecimal(kg), unit, "2024", "generation", "AR5", "a table", "CC0");
  }

  static EmissionFactor perKwh(String id, String kg) {
    return factor(id, kg, EmissionFactor.Unit.KWH);
  }

  static FactorSet.Entry entry(EmissionFactor factor) {
    return new FactorSet.Entry(
        factor, Optional.empty(), Optional.empty(), FactorSet.Confirmation.TRANSCRIBED);
  }

  static FactorSet set() {
    return new FactorSet(
        "desnz-2026",
        "DESNZ",
        "https://example.com/factors.xlsx",
        Optional.of("0123456789abcdef".repeat(4)),
        List.of(
            entry(perKwh("grid-gb", "0.13096")),
            new FactorSet.Entry(
                factor("diesel", "2.58354", EmissionFactor.Unit.LITRE),
                Optional.of(new BigDecimal("0.120")),
                Optional.of(new BigDecimal("7")),
                FactorSet.Confirmation.CONFIRMED)));
  }

  static InstrumentPortfolio portfolio() {
    return new InstrumentPortfolio(
        "held",
        "3",
        "registry",
        Scope2Policy.PROPOSED_REVISION,
        List.of(
            new Instrument(
                "go-1",
                Instrument.Type.CERTIFICATE,
                new Energy(5),
                0,
                7_200_000,
                perKwh("go-1", "0"),
                Map.of(
                    QualityCriterion.values()[0],
                    new Instrument.Answer(Instrument.Verdict.NOT_MET, "another owns the claim")),
                new Instrument.Answer(Instrument.Verdict.MET, "same zone"),
                Optional.of(new TreeMap<>(Map.of(0L, new Energy(3), 3_600_000L, new Energy(4)))))));
  }

  static IntensitySeries series(long step, List<Slot> slots) {
    return new IntensitySeries("grid-de", "DE", "generation", "AR5", "a table", "CC0", step, slots);
  }
}

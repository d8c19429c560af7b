package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorSet;
import io.tracegram.ledger.plant.PlantModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a carrier of energy other than electricity, or a refrigerant. Stateless. */
final class CarrierReader {
  private static final Map<String, EmissionFactor.Unit> UNITS =
      Map.of(
          "kgCo2ePerKwh", EmissionFactor.Unit.KWH,
          "kgCo2ePerKwhGross", EmissionFactor.Unit.KWH_GROSS,
          "kgCo2ePerKwhNet", EmissionFactor.Unit.KWH_NET,
          "kgCo2ePerM3", EmissionFactor.Unit.CUBIC_METRE,
          "kgCo2ePerLitre", EmissionFactor.Unit.LITRE,
          "kgCo2ePerKg", EmissionFactor.Unit.KG);

  private CarrierReader() {}

  /** Returns the carrier, empty if a problem was reported. */
  static Optional<PlantModel.Carrier> read(
      YamlMap yaml, References carriers, FactorReader factors) {
    String id = carriers.declare(yaml);
    if (id.equals(PlantModel.Meter.ELECTRICITY)) {
      yaml.error("id", "bad-value", "electricity needs no declaration: it is priced by 'grid'");
    }
    String name = yaml.text("name");
    PlantModel.Carrier.Kind kind = yaml.oneOf("kind", PlantModel.Carrier.Kind.class);
    Optional<Read> priced = yaml.map("factor").flatMap(read -> factor(read, factors));
    Optional<EmissionFactor> factor = priced.map(Read::factor);
    Optional<EmissionFactor> upstream = beside(yaml, "upstream", factors);
    Optional<EmissionFactor> biogenic =
        beside(yaml, "biogenic", factors).or(() -> priced.flatMap(Read::biogenic));
    factor.ifPresent(known -> fits(yaml, kind, known));
    for (Optional<EmissionFactor> beside : List.of(upstream, biogenic)) {
      if (factor.isPresent() && beside.isPresent() && beside.get().unit() != factor.get().unit()) {
        yaml.error(
            "factor",
            "mixed-units",
            "the factors of '%s' are per %s and per %s: one amount cannot be both"
                .formatted(id, factor.get().unit(), beside.get().unit()));
      }
    }
    yaml.close();
    return factor.map(known -> new PlantModel.Carrier(id, name, kind, known, upstream, biogenic));
  }

  private static void fits(YamlMap yaml, PlantModel.Carrier.Kind kind, EmissionFactor factor) {
    boolean fits =
        switch (factor.unit()) {
          case KWH -> kind == PlantModel.Carrier.Kind.HEAT;
          case KWH_GROSS, KWH_NET, CUBIC_METRE, LITRE -> kind == PlantModel.Carrier.Kind.FUEL;
          case KG -> kind != PlantModel.Carrier.Kind.HEAT;
          case TONNE_KM, PIECE -> false;
        };
    if (!fits) {
      yaml.error(
          "factor",
          "wrong-unit",
          switch (kind) {
            case FUEL ->
                "a fuel's kWh are gross or net (kgCo2ePerKwhGross, kgCo2ePerKwhNet); or give"
                    + " kgCo2ePerM3, kgCo2ePerLitre or kgCo2ePerKg";
            case HEAT -> "heat is priced per kWh (kgCo2ePerKwh)";
            case REFRIGERANT -> "a refrigerant is priced per kg (kgCo2ePerKg)";
          });
    }
  }

  /**
   * A factor as it was read.
   *
   * @param biogenic what its set states beside it
   */
  private record Read(EmissionFactor factor, Optional<EmissionFactor> biogenic) {
    static Read of(FactorSet.Entry entry) {
      EmissionFactor factor = entry.factor();
      return new Read(
          FactorReader.factor(entry),
          entry
              .biogenicKgPerUnit()
              .map(
                  kilograms ->
                      new EmissionFactor(
                          factor.id(),
                          kilograms,
                          factor.unit(),
                          factor.edition(),
                          "biogenic",
                          factor.gwpSet(),
                          factor.source(),
                          factor.licence())));
    }
  }

  private static Optional<EmissionFactor> beside(YamlMap yaml, String key, FactorReader factors) {
    return yaml.optionalMap(key).flatMap(read -> factor(read, factors)).map(Read::factor);
  }

  private static Optional<Read> factor(YamlMap yaml, FactorReader factors) {
    if (FactorReader.isNamed(yaml)) {
      return factors.named(yaml).map(Read::of);
    }
    List<String> given = UNITS.keySet().stream().filter(yaml::has).sorted().toList();
    if (given.size() != 1) {
      yaml.error(
          given.isEmpty() ? "id" : given.getFirst(),
          "wrong-unit",
          "give the value under one key that names its unit, one of "
              + UNITS.keySet().stream().sorted().toList());
      return Optional.empty();
    }
    EmissionFactor.Unit unit = UNITS.get(given.getFirst());
    return unit == null
        ? Optional.empty()
        : Optional.of(
            new Read(FactorReader.spelled(yaml, given.getFirst(), unit), Optional.empty()));
  }
}

package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.util.List;
import java.util.Optional;

/**
 * Holds what a meter counts against what its carrier is priced by: nothing converts the one into
 * the other. Stateless.
 */
final class CarrierUnits {
  private final List<PlantModel.Carrier> carriers;

  CarrierUnits(List<PlantModel.Carrier> carriers) {
    this.carriers = List.copyOf(carriers);
  }

  /**
   * @param carrier id, {@code electricity} or unknown
   * @param counted unit of the meter's energy register
   */
  void check(YamlMap meter, String carrier, Unit counted) {
    Optional<EmissionFactor.Unit> priced =
        carriers.stream()
            .filter(known -> known.id().equals(carrier))
            .map(known -> known.factor().unit())
            .findFirst();
    boolean electricity = carrier.equals(PlantModel.Meter.ELECTRICITY);
    if (electricity
        ? counted == Unit.CUBIC_METRE
        : priced.filter(p -> !is(p, counted)).isPresent()) {
      meter.error(
          "profile",
          "wrong-unit",
          "the meter counts %s, but '%s' is priced per %s: nothing converts one into the other"
              .formatted(counted.symbol(), carrier, priced.map(Object::toString).orElse("kWh")));
    }
  }

  private static boolean is(EmissionFactor.Unit priced, Unit counted) {
    return switch (priced) {
      case KWH, KWH_GROSS, KWH_NET -> counted != Unit.CUBIC_METRE;
      case CUBIC_METRE -> counted == Unit.CUBIC_METRE;
      case LITRE, KG, TONNE_KM, PIECE -> false;
    };
  }
}

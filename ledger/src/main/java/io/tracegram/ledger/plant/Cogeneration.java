package io.tracegram.ledger.plant;

import io.tracegram.ledger.emission.HeatAndPower;
import io.tracegram.ledger.plant.PlantModel.Carrier;
import io.tracegram.ledger.plant.PlantModel.Meter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A unit that makes heat and power of one fuel.
 *
 * @param fuel id of the supply meter that counts its fuel and no other
 * @param heat id of the supply meter that counts its heat and no other
 * @param power id of the generation meter that counts its power and no other
 * @param method by which what the fuel emits is split
 */
public record Cogeneration(String id, String fuel, String heat, String power, HeatAndPower method) {
  private Stream<String> meters() {
    return Stream.of(fuel, heat, power);
  }

  /**
   * Checks the units of a plant.
   *
   * @throws IllegalArgumentException if one names a meter of another sort, or of another unit
   */
  static void require(List<Carrier> carriers, List<Meter> meters, List<Cogeneration> units) {
    Set<String> taken = new HashSet<>();
    for (Cogeneration unit : units) {
      boolean fits =
          counts(carriers, meters, unit.fuel, Carrier.Kind.FUEL)
              && counts(carriers, meters, unit.heat, Carrier.Kind.HEAT)
              && meters.stream()
                  .anyMatch(
                      meter ->
                          meter.id().equals(unit.power) && meter.role() == Meter.Role.GENERATION)
              && meters.stream()
                  .noneMatch(meter -> meter.parent().map(unit.fuel::equals).orElse(false));
      if (!fits || !unit.meters().allMatch(taken::add) || !taken.add("unit " + unit.id)) {
        throw new IllegalArgumentException(
            "cogeneration "
                + unit.id
                + " needs meters of its own: a supply of fuel with no meter below, a supply of"
                + " heat, and a generation meter");
      }
    }
  }

  private static boolean counts(
      List<Carrier> carriers, List<Meter> meters, String id, Carrier.Kind kind) {
    return meters.stream()
        .filter(meter -> meter.id().equals(id) && meter.role() == Meter.Role.SUPPLY)
        .anyMatch(
            meter ->
                carriers.stream()
                    .anyMatch(
                        carrier -> carrier.id().equals(meter.carrier()) && carrier.kind() == kind));
  }
}

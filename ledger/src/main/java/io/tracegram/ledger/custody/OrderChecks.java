package io.tracegram.ledger.custody;

import io.tracegram.ledger.plant.FloorRules;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Mass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an ended order's masses tell. Stateless. */
final class OrderChecks {
  /** Lots that an exception names. */
  private static final int NAMED = 3;

  private OrderChecks() {}

  static void ended(Change change, Order order) {
    FloorRules rules = change.plant.additions().floor();
    Mass in = order.in();
    rules
        .loss(order.workstation())
        .ifPresent(loss -> lost(change, order, in.minus(order.out()), loss.of(in)));
    Map<String, Mass> made = new LinkedHashMap<>();
    order.outputs().stream()
        .filter(output -> output.kind() == Order.Kind.PRODUCT)
        .forEach(output -> made.merge(output.lot().gtin(), output.mass(), Mass::plus));
    made.forEach(
        (gtin, mass) ->
            rules
                .band(gtin)
                .filter(band -> !band.holds(mass, in))
                .ifPresent(
                    band ->
                        change.found(
                            "custody.yield",
                            order.id(),
                            "%s kg of %s (%s) out of %s kg; its yield is %s to %s %%"
                                .formatted(
                                    mass.kilograms(),
                                    name(change.plant, gtin),
                                    lots(order, gtin),
                                    in.kilograms(),
                                    band.low().text(),
                                    band.high().text()),
                            "the lots are booked as weighed",
                            "look for inputs or outputs that were not scanned, or weigh again")));
  }

  private static void lost(Change change, Order order, Mass missing, Mass declared) {
    Mass tolerance = new Mass(order.in().milligrams() / 1_000);
    if (missing.compareTo(declared.plus(tolerance)) > 0) {
      change.found(
          "custody.mass-missing",
          order.id(),
          "%s kg went in and %s kg came out; the declared loss is %s kg"
              .formatted(order.in().kilograms(), order.out().kilograms(), declared.kilograms()),
          "the outputs carry all that the inputs did",
          "scan what else came out, as scrap or waste if it is; or weigh again");
    }
  }

  private static String lots(Order order, String gtin) {
    List<String> lots =
        order.outputs().stream()
            .map(output -> output.lot())
            .filter(lot -> lot.gtin().equals(gtin))
            .map(LotId::path)
            .distinct()
            .toList();
    String named = String.join(", ", lots.subList(0, Math.min(NAMED, lots.size())));
    return lots.size() > NAMED ? named + " and %d more".formatted(lots.size() - NAMED) : named;
  }

  private static String name(PlantModel plant, String gtin) {
    return plant.material(gtin).map(PlantModel.Material::name).orElse(gtin);
  }
}

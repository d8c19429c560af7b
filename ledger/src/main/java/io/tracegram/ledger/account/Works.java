package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Order;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Stage;
import io.tracegram.ledger.lot.Work;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.Sharing;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes works for the graph of lots of orders, with what the plant declares. Stateless. */
final class Works {
  private Works() {}

  static Work of(PlantModel plant, Order order) {
    Map<Stage, Mass> inputs = new LinkedHashMap<>();
    for (LotQuantity input : order.inputs()) {
      inputs.merge(new Stage(input.lot(), input.revision()), input.mass(), Mass::plus);
    }
    return new Work(
        order.id(),
        order.startMillis(),
        order.endMillis(),
        inputs(inputs),
        order.outputs().stream().map(output -> output(plant, order, output)).toList());
  }

  /** What is scrapped apart from an order is a work without a product. */
  static Work scrap(Stage stage, Mass mass, long millis) {
    String id =
        "scrap/" + stage.lot().path() + (stage.revision() == 0 ? "" : " " + stage.revision());
    return new Work(id, millis, millis, inputs(Map.of(stage, mass)), List.of());
  }

  private static Work.Output output(PlantModel plant, Order order, Order.Output output) {
    Stage stage = new Stage(output.lot(), output.revision());
    if (output.kind() != Order.Kind.PRODUCT) {
      return new Work.Output(stage, output.mass(), false, treatment(plant, output), Burden.NONE, 0);
    }
    boolean byPieces =
        plant.additions().sharing().products(order.workstation()) == Sharing.Share.PIECES;
    return new Work.Output(
        stage,
        output.mass(),
        true,
        Burden.NONE,
        packaging(plant, order, output),
        byPieces && !order.isSplit() ? 1 : output.mass().milligrams());
  }

  /** What is only split, or reworked, was packed before. */
  private static Burden packaging(PlantModel plant, Order order, Order.Output output) {
    return order.isSplit() || output.revision() > 0
        ? Burden.NONE
        : Burden.packaging(plant.additions().packaging().of(output.lot().gtin(), output.mass()));
  }

  /** A waste's secondary factor is that of its treatment. */
  private static Burden treatment(PlantModel plant, Order.Output output) {
    return output.kind() == Order.Kind.WASTE
        ? secondary(plant, output.lot(), output.mass()).map(Burden::waste).orElse(Burden.NONE)
        : Burden.NONE;
  }

  /** Returns what a mass of a material carries by its secondary factor, if it has one. */
  static Optional<Co2e> secondary(PlantModel plant, LotId lot, Mass mass) {
    return plant
        .material(lot.gtin())
        .flatMap(PlantModel.Material::secondaryFactor)
        .map(factor -> factor.of(mass));
  }

  private static List<Work.Input> inputs(Map<Stage, Mass> masses) {
    return masses.entrySet().stream()
        .filter(input -> input.getValue().milligrams() > 0)
        .map(input -> new Work.Input(input.getKey(), input.getValue()))
        .toList();
  }

  static String material(PlantModel plant, LotId lot) {
    return plant.material(lot.gtin()).map(PlantModel.Material::name).orElse(lot.gtin());
  }
}

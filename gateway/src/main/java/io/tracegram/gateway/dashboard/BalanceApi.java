package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.custody.MassBalance;
import io.tracegram.ledger.custody.MaterialFlow;
import io.tracegram.ledger.custody.Order;
import io.tracegram.ledger.plant.FloorRules;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * {@code GET /api/v1/balance?from&to}: where every milligram of each material went; {@code
 * ?order=ID}: what went into one order and came out.
 */
final class BalanceApi {
  private static final long QUARTER = IntervalAccount.LENGTH_MILLIS;

  private final PlantReadModel plant;

  BalanceApi(PlantReadModel plant) {
    this.plant = plant;
  }

  void mount(Router router) {
    router.get("/api/v1/balance").handler(this::balance);
  }

  private void balance(RoutingContext request) {
    Parameters parameters = Parameters.of(request, "from", "to", "material", "order");
    Optional<String> order = parameters.text("order");
    OptionalLong from = parameters.moment("from");
    OptionalLong to = parameters.moment("to");
    Optional<String> material = parameters.text("material");
    if (order.isPresent()) {
      if (from.isPresent() || to.isPresent() || material.isPresent()) {
        throw RequestRefused.bad("give either order, or from and to");
      }
      order(request, order.get());
      return;
    }
    if (from.isEmpty() || to.isEmpty()) {
      throw RequestRefused.bad("give from and to, or order");
    }
    long first = from.getAsLong();
    long last = to.getAsLong();
    if (first % QUARTER != 0 || last % QUARTER != 0 || last <= first) {
      throw RequestRefused.bad(
          "from and to must be whole quarters of an hour such as 2026-01-31T14:15:00Z, to after from");
    }
    Answer.with(
        request,
        plant.balance(first, last).thenCombine(plant.snapshot(), Pair::new),
        found ->
            Answer.json(
                request,
                balance(found, material).put("from", Json.time(first)).put("to", Json.time(last))));
  }

  private record Pair<T>(AsOf<T> answer, PlantSnapshot snapshot) {}

  private static ObjectNode balance(Pair<MassBalance> found, Optional<String> material) {
    MassBalance balance = found.answer.value();
    ObjectNode json = Json.object().put("asOf", found.answer.size());
    List<String> gtins =
        balance.materials().keySet().stream()
            .filter(gtin -> material.map(gtin::equals).orElse(true))
            .toList();
    if (material.isPresent() && gtins.isEmpty()) {
      throw RequestRefused.notFound("Nothing of material " + material.get() + " was ever booked.");
    }
    ArrayNode lines = json.putArray("materials");
    for (String gtin : gtins) {
      lines.add(
          Json.object()
              .put("gtin", gtin)
              .put("material", name(found.snapshot, gtin))
              .setAll(line(balance.of(gtin))));
    }
    if (material.isEmpty()) {
      json.set("total", total(balance));
    }
    return json;
  }

  private static ObjectNode line(MassBalance.Material line) {
    MaterialFlow flow = line.flow();
    return Json.object()
        .put("openingKg", line.opening().kilograms())
        .put("receivedKg", flow.received().kilograms())
        .put("producedKg", flow.produced().kilograms())
        .put("consumedKg", flow.consumed().kilograms())
        .put("shippedKg", flow.shipped().kilograms())
        .put("scrappedKg", flow.scrapped().kilograms())
        .put("wasteKg", flow.waste().kilograms())
        .put("closingKg", line.closing().kilograms())
        .put("differenceKg", line.difference().kilograms());
  }

  /** Orders take from stock and give back to it: what they hold or lost belongs to the whole. */
  private static ObjectNode total(MassBalance balance) {
    MassBalance.InOrders process = balance.process();
    return line(balance.total())
        .put("openingInOrdersKg", process.opening().kilograms())
        .put("lossKg", process.lost().kilograms())
        .put("closingInOrdersKg", process.closing().kilograms())
        .put("differenceKg", balance.total().difference().plus(process.difference()).kilograms());
  }

  private static String name(PlantSnapshot snapshot, String gtin) {
    return snapshot
        .plant()
        .flatMap(model -> model.material(gtin))
        .map(PlantModel.Material::name)
        .orElse(gtin);
  }

  private void order(RoutingContext request, String id) {
    Answer.with(
        request,
        plant.order(id).thenCombine(plant.snapshot(), Pair::new),
        found ->
            Answer.json(
                request,
                order(
                        found
                            .answer
                            .value()
                            .orElseThrow(
                                () ->
                                    RequestRefused.notFound("This plant has no order " + id + ".")),
                        found.snapshot)
                    .put("asOf", found.answer.size())));
  }

  private static ObjectNode order(Order order, PlantSnapshot snapshot) {
    ObjectNode json =
        Json.object()
            .put("order", order.id())
            .put("workstation", order.workstation())
            .put("from", Json.time(order.startMillis()))
            .put("to", order.isRunning() ? null : Json.time(order.endMillis()))
            .put("inKg", order.in().kilograms());
    for (Order.Kind kind : Order.Kind.values()) {
      json.put(
          kind.name().toLowerCase(Locale.ROOT) + "Kg",
          order.outputs().stream()
              .filter(output -> output.kind() == kind)
              .map(Order.Output::mass)
              .reduce(Mass.ZERO, Mass::plus)
              .kilograms());
    }
    Optional<FloorRules> rules = snapshot.plant().map(model -> model.additions().floor());
    json.put("differenceKg", order.in().minus(order.out()).kilograms())
        .put(
            "declaredLossKg",
            rules
                .flatMap(known -> known.loss(order.workstation()))
                .map(loss -> loss.of(order.in()).kilograms())
                .orElse(null));
    ArrayNode yields = json.putArray("yields");
    rules.ifPresent(known -> yields(order, known, yields));
    json.set(
        "problems",
        Json.array(
            snapshot.problems().stream()
                .filter(problem -> problem.subject().equals(order.id()))
                .toList(),
            problem ->
                Json.object()
                    .put("code", problem.code())
                    .put("reason", problem.reason())
                    .put("effect", problem.effect())
                    .put("leaf", problem.leaf())));
    return json;
  }

  private static void yields(Order order, FloorRules rules, ArrayNode yields) {
    TreeMap<String, Mass> made = new TreeMap<>();
    order.outputs().stream()
        .filter(output -> output.kind() == Order.Kind.PRODUCT)
        .forEach(output -> made.merge(output.lot().gtin(), output.mass(), Mass::plus));
    made.forEach(
        (gtin, mass) ->
            rules
                .band(gtin)
                .ifPresent(
                    band ->
                        yields.add(
                            Json.object()
                                .put("gtin", gtin)
                                .put("productKg", mass.kilograms())
                                .put("minPercent", band.low().text())
                                .put("maxPercent", band.high().text())
                                .put("within", band.holds(mass, order.in())))));
  }
}

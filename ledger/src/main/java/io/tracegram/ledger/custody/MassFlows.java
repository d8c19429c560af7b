package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.plant.FloorRules;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Mass;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came and went of each material, by quarter of an hour; a quarter in which nothing was
 * scanned takes no room. Single-threaded.
 */
final class MassFlows {
  /** From and to of a balance are whole multiples of it. */
  static final long QUARTER = 900_000L;

  private final SortedMap<Long, SortedMap<String, MaterialFlow>> flows;
  private final SortedMap<Long, Mass> lost;
  private FloorRules rules = FloorRules.NONE;
  private long quarter;

  /**
   * All of it; not copied.
   *
   * @param flows by start of the quarter, then by GTIN
   * @param lost by start of the quarter, what orders that ended in it did not give back
   */
  record State(SortedMap<Long, SortedMap<String, MaterialFlow>> flows, SortedMap<Long, Mass> lost) {
    static State empty() {
      return new State(new TreeMap<>(), new TreeMap<>());
    }
  }

  MassFlows(State state) {
    flows = state.flows;
    lost = state.lost;
  }

  State state() {
    return new State(flows, lost);
  }

  /** What is told from now on happened at this time. */
  void at(PlantModel plant, long millis) {
    rules = plant.additions().floor();
    quarter = Math.floorDiv(millis, QUARTER) * QUARTER;
  }

  /** An order is another than before, or is there or gone. */
  void changed(Optional<Order> before, Optional<Order> now) {
    now.ifPresent(order -> order(order, 1));
    before.ifPresent(order -> order(order, -1));
  }

  private void order(Order order, long sign) {
    order.inputs().forEach(input -> add(input, MaterialFlow.consumed(times(input.mass(), sign))));
    order
        .outputQuantities()
        .forEach(output -> add(output, MaterialFlow.produced(times(output.mass(), sign))));
    Mass missing = times(order.in().minus(order.out()), sign);
    if (!order.isRunning() && missing.milligrams() != 0) {
      lost.merge(quarter, missing, Mass::plus);
      lost.remove(quarter, Mass.ZERO);
    }
  }

  /** Takes what no order says. */
  void moved(Movement movement) {
    moved(movement, 1);
  }

  private void moved(Movement movement, long sign) {
    switch (movement) {
      case Movement.Received(LotId lot, Mass mass, long _) ->
          add(lot.gtin(), MaterialFlow.received(times(mass, sign)));
      case Movement.Scrapped(LotId lot, Mass mass) ->
          add(lot.gtin(), MaterialFlow.scrapped(times(mass, sign)));
      case Movement.Shipped(LotId lot, Mass mass) ->
          add(
              lot.gtin(),
              rules.isWaste(lot.gtin())
                  ? MaterialFlow.waste(times(mass, sign))
                  : MaterialFlow.shipped(times(mass, sign)));
      case Movement.Corrected(Movement undone) -> moved(undone, -sign);
      case Movement.Worked _ -> {
        // told as the order changed
      }
    }
  }

  private void add(LotQuantity lot, MaterialFlow flow) {
    add(lot.lot().gtin(), flow);
  }

  private void add(String gtin, MaterialFlow flow) {
    SortedMap<String, MaterialFlow> now = flows.computeIfAbsent(quarter, _ -> new TreeMap<>());
    now.merge(gtin, flow, MaterialFlow::plus);
    now.remove(gtin, MaterialFlow.NONE);
    if (now.isEmpty()) {
      flows.remove(quarter);
    }
  }

  private static Mass times(Mass mass, long sign) {
    return new Mass(Math.multiplyExact(mass.milligrams(), sign));
  }

  /**
   * Balances {@code [from, to)}, both whole quarters.
   *
   * @param held what is there now, by GTIN
   * @param running orders that run now
   */
  MassBalance balance(long from, long to, Map<String, Mass> held, Collection<Order> running) {
    if (Math.floorMod(from, QUARTER) != 0 || Math.floorMod(to, QUARTER) != 0 || to < from) {
      throw new IllegalArgumentException("a balance is of whole quarters of an hour");
    }
    Map<String, Mass> closing = new TreeMap<>();
    sum(flows).keySet().forEach(gtin -> closing.put(gtin, Mass.ZERO));
    held.forEach((gtin, mass) -> closing.merge(gtin, mass, Mass::plus));
    sum(flows.tailMap(to))
        .forEach((gtin, flow) -> closing.merge(gtin, times(flow.net(), -1), Mass::plus));
    Map<String, MaterialFlow> before = sum(flows.headMap(from));
    Map<String, MaterialFlow> during = sum(flows.subMap(from, to));
    SortedMap<String, MassBalance.Material> materials = new TreeMap<>();
    closing.forEach(
        (gtin, rest) ->
            materials.put(
                gtin,
                new MassBalance.Material(
                    before.getOrDefault(gtin, MaterialFlow.NONE).net(),
                    during.getOrDefault(gtin, MaterialFlow.NONE),
                    rest)));
    return new MassBalance(materials, process(from, to, running));
  }

  private MassBalance.InOrders process(long from, long to, Collection<Order> running) {
    MaterialFlow before = all(sum(flows.headMap(from)));
    MaterialFlow during = all(sum(flows.subMap(from, to)));
    MaterialFlow after = all(sum(flows.tailMap(to)));
    Mass now =
        running.stream().map(order -> order.in().minus(order.out())).reduce(Mass.ZERO, Mass::plus);
    return new MassBalance.InOrders(
        before.consumed().minus(before.produced()).minus(lost(lost.headMap(from))),
        during.consumed(),
        during.produced(),
        lost(lost.subMap(from, to)),
        now.minus(after.consumed()).plus(after.produced()).plus(lost(lost.tailMap(to))));
  }

  private static Map<String, MaterialFlow> sum(
      SortedMap<Long, SortedMap<String, MaterialFlow>> some) {
    Map<String, MaterialFlow> sum = new LinkedHashMap<>();
    some.values()
        .forEach(
            materials ->
                materials.forEach((gtin, flow) -> sum.merge(gtin, flow, MaterialFlow::plus)));
    return sum;
  }

  private static MaterialFlow all(Map<String, MaterialFlow> materials) {
    return materials.values().stream().reduce(MaterialFlow.NONE, MaterialFlow::plus);
  }

  private static Mass lost(SortedMap<Long, Mass> some) {
    return some.values().stream().reduce(Mass.ZERO, Mass::plus);
  }
}

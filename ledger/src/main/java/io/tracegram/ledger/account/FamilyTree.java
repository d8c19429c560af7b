package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.Floor;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Order;
import io.tracegram.ledger.custody.Stock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;

/** Follows lots through their orders, both ways. Changes nothing. */
final class FamilyTree {
  /** Steps that are told each way. */
  private static final int MOST_STEPS = 500;

  private final Floor floor;
  private final Function<LotId, List<String>> takers;

  /**
   * @param takers ids of the orders that took from a lot
   */
  FamilyTree(Floor floor, Function<LotId, List<String>> takers) {
    this.floor = floor;
    this.takers = takers;
  }

  LotFamily of(LotId lot) {
    List<LotFamily.Step> up = walk(lot, this::madeOf, LotFamily.Step::from);
    List<LotFamily.Step> down = walk(lot, this::usedIn, LotFamily.Step::to);
    return new LotFamily(up, down, up.size() < MOST_STEPS && down.size() < MOST_STEPS);
  }

  private static List<LotFamily.Step> walk(
      LotId lot,
      Function<LotId, List<LotFamily.Step>> next,
      Function<LotFamily.Step, LotId> onwards) {
    Set<LotFamily.Step> steps = new LinkedHashSet<>();
    Set<LotId> seen = new LinkedHashSet<>(Set.of(lot));
    Queue<LotId> ahead = new ArrayDeque<>(seen);
    while (!ahead.isEmpty() && steps.size() < MOST_STEPS) {
      for (LotFamily.Step step : next.apply(ahead.remove())) {
        if (steps.size() < MOST_STEPS && steps.add(step) && seen.add(onwards.apply(step))) {
          ahead.add(onwards.apply(step));
        }
      }
    }
    return List.copyOf(steps);
  }

  private List<LotFamily.Step> madeOf(LotId lot) {
    return floor.stock(lot).map(Stock::makers).orElse(List.of()).stream()
        .flatMap(order -> floor.order(order).stream())
        .flatMap(
            order ->
                order.inputs().stream()
                    .map(input -> new LotFamily.Step(order.id(), input.lot(), lot, input.mass())))
        .toList();
  }

  private List<LotFamily.Step> usedIn(LotId lot) {
    List<LotFamily.Step> steps = new ArrayList<>();
    for (String taker : takers.apply(lot)) {
      Optional<Order> order = floor.order(taker);
      for (LotQuantity input : order.map(Order::inputs).orElse(List.of())) {
        if (input.lot().equals(lot)) {
          order
              .get()
              .outputs()
              .forEach(made -> steps.add(new LotFamily.Step(taker, lot, made.lot(), input.mass())));
        }
      }
    }
    return steps;
  }
}

package io.tracegram.deploy.simulator;

import io.tracegram.ledger.plant.PlantModel.Scanner.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One round of an operator's work, from goods received to goods made. Single-threaded. */
final class Round {
  private final List<Action> actions;
  private int next;

  /**
   * A scan with a weight.
   *
   * @param after plant time from the start of the round
   * @param goods what is scanned; empty while it has not arrived
   * @param accepted what follows once the scan was accepted
   */
  record Action(
      Duration after, Step step, Supplier<Optional<Goods>> goods, Consumer<Goods> accepted) {}

  /**
   * How a scenario's minutes become plant time.
   *
   * @param minute plant time of one minute: longer where ticks are
   * @param transit plant time that goods are on the road, besides
   */
  record Pace(Duration minute, Duration transit) {
    Duration minutes(int count) {
      return minute.multipliedBy(count);
    }
  }

  private Round(List<Action> actions) {
    this.actions = List.copyOf(actions);
  }

  /** Receives a drum of cobalt hydroxide, makes cobalt sulphate, ships it. */
  static Round refinery(Instant start, long number, Pace pace) {
    Goods drum = Goods.drum(start, number);
    Goods sulphate = Goods.sulphate(start, drum);
    return new Round(
        List.of(
            action(pace.minutes(1), Step.RECEIVE, drum),
            action(pace.minutes(2), Step.INPUT, drum),
            action(pace.minutes(12), Step.OUTPUT, sulphate),
            action(pace.minutes(31), Step.SHIP, sulphate)));
  }

  /**
   * Receives a kit and the sulphate that has arrived, makes a battery pack of both.
   *
   * @param facility to which the sulphate was shipped
   */
  static Round cellPlant(Instant start, Pace pace, String facility, Shipments shipments) {
    Goods kit = Goods.kit(start);
    Duration transit = pace.transit();
    Sulphate sulphate = new Sulphate();
    return new Round(
        List.of(
            action(pace.minutes(3), Step.RECEIVE, kit),
            new Action(
                pace.minutes(33).plus(transit),
                Step.RECEIVE,
                () -> shipments.first(facility),
                goods -> {
                  shipments.take(facility);
                  sulphate.inHouse = Optional.of(goods);
                }),
            new Action(
                pace.minutes(34).plus(transit), Step.INPUT, () -> sulphate.inHouse, goods -> {}),
            action(pace.minutes(35).plus(transit), Step.INPUT, kit),
            new Action(
                pace.minutes(43).plus(transit),
                Step.OUTPUT,
                () -> sulphate.inHouse.map(lot -> Goods.pack(start, lot, kit)),
                goods -> {})));
  }

  private static final class Sulphate {
    private Optional<Goods> inHouse = Optional.empty();
  }

  private static Action action(Duration after, Step step, Goods goods) {
    return new Action(after, step, () -> Optional.of(goods), accepted -> {});
  }

  /** Returns the action to do next, empty when the round is done. */
  Optional<Action> next() {
    return next < actions.size() ? Optional.of(actions.get(next)) : Optional.empty();
  }

  /** Returns the plant time that must lie between the action before and the next. */
  Duration gap() {
    return next == 0
        ? Duration.ZERO
        : actions.get(next).after().minus(actions.get(next - 1).after());
  }

  void advance() {
    next++;
  }
}

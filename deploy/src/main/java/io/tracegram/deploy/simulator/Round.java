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
   * @param fraud what is wrong with it, if it is not honest
   */
  record Action(
      Duration after,
      Step step,
      Supplier<Optional<Goods>> goods,
      Consumer<Goods> accepted,
      Optional<Fraud> fraud) {
    Action(Duration after, Step step, Supplier<Optional<Goods>> goods, Consumer<Goods> accepted) {
      this(after, step, goods, accepted, Optional.empty());
    }
  }

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
   * The refinery's round, with a dishonest hand at work between making sulphate and shipping it.
   */
  static Round dishonestRefinery(Instant start, long number, Pace pace) {
    Goods drum = Goods.drum(start, number);
    Goods sulphate = Goods.sulphate(start, drum);
    Goods second = drum.relabelled("-B");
    Goods diverted = sulphate.relabelled("-B").times(2, 3);
    return new Round(
        List.of(
            action(pace.minutes(1), Step.RECEIVE, drum),
            action(pace.minutes(2), Step.INPUT, drum),
            action(pace.minutes(12), Step.OUTPUT, sulphate),
            fraud(pace.minutes(13), Step.INPUT, drum, Fraud.USED_TWICE),
            // at the dock in the same minute
            fraud(pace.minutes(13), Step.RECEIVE, drum, Fraud.TWO_PLACES),
            fraud(pace.minutes(15), Step.RECEIVE, drum, Fraud.RECEIVED_TWICE),
            fraud(pace.minutes(16), Step.INPUT, drum.relabelled("-X"), Fraud.UNKNOWN_MATERIAL),
            action(pace.minutes(17), Step.RECEIVE, second),
            action(pace.minutes(18), Step.INPUT, second),
            fraud(
                pace.minutes(26),
                Step.OUTPUT,
                sulphate.relabelled("-C").times(3, 2),
                Fraud.MORE_THAN_WENT_IN),
            fraud(pace.minutes(28), Step.OUTPUT, diverted, Fraud.DIVERTED),
            action(pace.minutes(31), Step.SHIP, sulphate)));
  }

  private static Action fraud(Duration after, Step step, Goods goods, Fraud fraud) {
    return new Action(after, step, () -> Optional.of(goods), accepted -> {}, Optional.of(fraud));
  }

  /**
   * Receives a kit and the sulphate that has arrived, makes a battery pack of both, and ships it.
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
                goods -> {}),
            new Action(
                pace.minutes(50).plus(transit),
                Step.SHIP,
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

package io.tracegram.ledger.lot;

import io.tracegram.ledger.plant.Absorption;
import java.util.Optional;

/**
 * A work with what it cost so far and what of that its lots carry. Single-threaded.
 *
 * <p>Live cost changes with every interval; accounted cost is what the lots' accounts say.
 */
final class Job {
  private Work work;
  private Cost cost;
  private Optional<Accounted> accounted;
  private Burden late;
  private boolean redo;
  private Optional<Rate> rate;

  /**
   * What its lots carry.
   *
   * @param rate at which overhead was absorbed
   * @param scrapped what no product carries
   */
  record Accounted(
      int revision, Cost cost, Rate rate, long key, Burden absorbed, Burden scrapped) {}

  /** All of it. */
  record State(
      Work work,
      Cost cost,
      Optional<Accounted> accounted,
      Burden late,
      boolean redo,
      Optional<Rate> rate) {}

  Job(State state) {
    work = state.work;
    cost = state.cost;
    accounted = state.accounted;
    late = state.late;
    redo = state.redo;
    rate = state.rate;
  }

  Job(Work work) {
    this(new State(work, Cost.NONE, Optional.empty(), Burden.NONE, false, Optional.empty()));
  }

  State state() {
    return new State(work, cost, accounted, late, redo, rate);
  }

  Work work() {
    return work;
  }

  void become(Work told) {
    work = told;
  }

  Cost cost() {
    return cost;
  }

  void cost(Cost more) {
    cost = cost.plus(more);
  }

  Optional<Accounted> accounted() {
    return accounted;
  }

  void account(Accounted next) {
    accounted = Optional.of(next);
    late = Burden.NONE;
    redo = false;
  }

  /** Returns the rate that it absorbs at, once it is known for good. */
  Optional<Rate> rate() {
    return rate;
  }

  void rate(Rate assigned) {
    rate = Optional.of(assigned);
  }

  /** Notes that what goes in or comes out is another, however small the difference. */
  void redo() {
    redo = true;
  }

  boolean isToRedo() {
    return redo;
  }

  /**
   * Returns the part of its cost that is in no lot's account, and was booked as late already; of a
   * pour into a silo, what it brought late.
   */
  Burden late() {
    return late;
  }

  void late(Burden all) {
    late = all;
  }

  /** Returns units of a key; what takes no time, such as a split, has none. */
  long units(Absorption.Key key) {
    if (work.startMillis() == work.endMillis() || !work.hasProduct()) {
      return 0;
    }
    return switch (key) {
      case DIRECT_ENERGY -> Math.max(0, cost.electricity().milliwattHours());
      case MACHINE_TIME -> work.endMillis() - work.startMillis();
      case MASS -> work.massIn().milligrams();
    };
  }
}

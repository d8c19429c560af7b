package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Mass;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * Orders of one whole lot each, at workstations where several run at once: a lot goes in, and comes
 * out as its next revision. Single-threaded.
 *
 * <p>What a card begins there is one order of many lots as elsewhere, and takes what is put in
 * until a card ends it.
 */
final class SingleOrders {
  private final FloorBook book;
  private final Benches benches;
  private final OrderEnd end;

  SingleOrders(FloorBook book, Benches benches, OrderEnd end) {
    this.book = book;
    this.benches = benches;
    this.end = end;
  }

  /** Says whether a lot that is put in begins an order of its own. */
  boolean takes(PlantModel plant, Step step) {
    if (!plant.additions().sharing().isParallel(step.station())) {
      return false;
    }
    Order begun = book.running.get(step.station());
    return (begun == null || step.millis() < begun.startMillis())
        && end.before(step.station(), step.millis())
            .filter(order -> order.startMillis() <= step.millis())
            .isEmpty();
  }

  Floor.Outcome input(Change change, Step step, LotQuantity taken) {
    Stock lot = Objects.requireNonNull(book.stock.get(step.lot()));
    if (!taken.mass().equals(lot.remaining())) {
      return new Floor.Outcome.Refused(
          "custody.part-in-parallel",
          step.lot().path(),
          "%s kg of %s kg: a lot goes into %s as a whole, because it comes out by its own label"
              .formatted(taken.mass().kilograms(), lot.remaining().kilograms(), step.station()),
          "split the lot first; or scan TGM:START to put in parts of lots together");
    }
    long most = FloorBook.MOST_PARTS / meters(change.plant, step);
    if (book.unaccounted.size() >= most) {
      return new Floor.Outcome.Refused(
          "custody.too-many",
          step.lot().path(),
          "beside lots that go into %s one by one, a quarter of an hour takes %d orders"
              .formatted(step.station(), most),
          "scan it again in the next quarter of an hour, or work on lots together: TGM:START");
    }
    Optional<Parked> waiting = waiting(step);
    if (waiting.filter(out -> Scales.exceeds(out.mass(), taken.mass())).isPresent()) {
      return FloorBook.massGate(step.lot().path(), waiting.get().mass(), taken.mass());
    }
    Order order = book.named(Order.single(step.station(), step.millis(), step.leaf(), taken));
    change.put(lot.withdrawn(taken.mass(), step.millis()));
    change.put(order);
    if (waiting.isPresent()) {
      change.unpark(waiting.get());
      return ended(change, order, waiting.get(), kind(change, step));
    }
    return change.done(
        "Took %s kg of %s into %s; scan it again when it comes out"
            .formatted(taken.mass().kilograms(), step.lot().number(), order.id()));
  }

  private static long meters(PlantModel plant, Step step) {
    return Math.max(
        1,
        plant.meters().stream()
            .filter(meter -> meter.workstation().equals(Optional.of(step.station())))
            .count());
  }

  private Optional<Parked> waiting(Step step) {
    return benches.parked(step.station()).stream()
        .filter(output -> output.step().lot().equals(step.lot()))
        .filter(output -> output.millis() >= step.millis())
        .min(Comparator.comparingLong(Parked::millis));
  }

  /** Returns the order that a label ends by coming out, if its lot is in one. */
  Optional<Order> ending(Step step) {
    return book.single(step.station(), step.lot());
  }

  /** Says whether a lot came out whose way in was not told yet. */
  boolean awaits(PlantModel plant, Step step) {
    Stock lot = book.stock.get(step.lot());
    return plant.additions().sharing().isParallel(step.station())
        && lot != null
        && lot.remaining().milligrams() > 0;
  }

  /** Returns the output with its mass: as it went in, if it is not weighed. */
  Parked parked(Step step, Optional<Mass> weighed) {
    return new Parked(
        step,
        weighed.orElseGet(() -> Objects.requireNonNull(book.stock.get(step.lot())).remaining()));
  }

  Floor.Outcome output(Change change, Step step, Optional<Mass> weighed, Order order) {
    if (step.millis() < order.startMillis()) {
      return Floor.outputWithoutInput(step);
    }
    Parked output = new Parked(step, weighed.orElse(order.in()));
    if (Scales.exceeds(output.mass(), order.in())) {
      return FloorBook.massGate(step.lot().path(), output.mass(), order.in());
    }
    return ended(change, order, output, kind(change, step));
  }

  private Order.Kind kind(Change change, Step step) {
    Bench bench = benches.at(step.station());
    Order.Kind kind = end.kind(change, bench, step.lot());
    if (bench.isIn(Card.SCRAP)) {
      change.put(step.station(), bench.in(Optional.empty()));
    }
    return kind;
  }

  private Floor.Outcome ended(Change change, Order order, Parked output, Order.Kind kind) {
    Order ended = end.add(change, order.until(output.millis()), output, kind);
    OrderChecks.ended(change, ended);
    change.happened(end.event(change, ended, output.step().act()));
    return change.done(
        "Finished %s: %s kg out of %s kg"
            .formatted(ended.id(), ended.out().kilograms(), ended.in().kilograms()));
  }
}

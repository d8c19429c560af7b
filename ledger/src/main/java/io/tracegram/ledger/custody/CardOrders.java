package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.plant.PlantModel.Scanner;
import io.tracegram.ledger.quantity.Mass;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Orders on the floor with cards: what a card began a card ends; what an input began its first
 * product ends. Single-threaded.
 */
final class CardOrders {
  private static final int MOST_PARKED = 100;
  private static final long CLOCKS_MILLIS = 60_000L;

  private final FloorBook book;
  private final Benches benches;
  private final OrderEnd end;
  private final SingleOrders singles;

  CardOrders(FloorBook book, Benches benches) {
    this.book = book;
    this.benches = benches;
    end = new OrderEnd(book, benches);
    singles = new SingleOrders(book, benches, end);
  }

  Floor.Outcome start(Change change) {
    Act act = change.act;
    Bench bench = end.bench(act.station());
    Order running = book.running.get(act.station());
    if (running != null) {
      if (bench.started() || act.millis() > running.startMillis()) {
        return new Floor.Outcome.Refused(
            "custody.already-started",
            running.id(),
            "an order runs at this workstation already",
            bench.started()
                ? "scan TGM:FINISH first"
                : "scan the output of the order first; it ends the order");
      }
      change.put(running.from(act.millis()));
      change.put(act.station(), bench.begunByCard());
      return change.done("Started " + running.id() + "; scan TGM:FINISH at its end");
    }
    if (end.before(act.station(), act.millis()).isPresent()) {
      return new Floor.Outcome.Refused(
          "custody.start-late",
          act.station(),
          "an order that ended after this card was scanned is finished already",
          "scan TGM:START again for the next order");
    }
    if (book.unaccounted.size() >= FloorBook.MOST_ORDERS) {
      return tooManyOrders(act);
    }
    Order order = Order.opened(act.station(), act.millis(), act.leaf());
    change.put(order);
    change.put(act.station(), bench.begun(order, true));
    for (Parked output : benches.parked(act.station())) {
      if (output.millis() >= act.millis() && !book.stock.containsKey(output.step().lot())) {
        change.unpark(output);
        order = end.add(change, order, output, Order.Kind.PRODUCT);
      }
    }
    return change.done("Started " + order.id() + "; scan the inputs");
  }

  private static Floor.Outcome tooManyOrders(Act act) {
    return new Floor.Outcome.Refused(
        "custody.too-many",
        act.station(),
        "a quarter of an hour takes at most %d orders".formatted(FloorBook.MOST_ORDERS),
        "wait for the next quarter of an hour");
  }

  Floor.Outcome finish(Change change) {
    Act act = change.act;
    Order order = book.running.get(act.station());
    if (order == null || act.millis() < order.startMillis()) {
      return new Floor.Outcome.Refused(
          "custody.finish-without-start",
          act.station(),
          "no order ran at this workstation when the card was scanned",
          "scan TGM:START, or the first input, before TGM:FINISH");
    }
    if (order.outputs().isEmpty()) {
      return new Floor.Outcome.Refused(
          "custody.finish-without-output",
          order.id(),
          "nothing came out of this order yet, so it stays open",
          "scan and weigh what came out, then TGM:FINISH");
    }
    return end.end(change, order, act);
  }

  Floor.Outcome input(Change change, Step step, Optional<Mass> weighed) {
    Optional<Floor.Outcome> refusal = book.refuseTaking(step);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Stock lot = Objects.requireNonNull(book.stock.get(step.lot()));
    Mass wanted = weighed.orElse(lot.remaining());
    Optional<Floor.Outcome> beyond = FloorBook.refuseBeyond(lot, wanted);
    if (beyond.isPresent()) {
      return beyond.get();
    }
    if (step.millis() < lot.sinceMillis() - CLOCKS_MILLIS) {
      beforeItsTime(change, step);
    }
    LotQuantity taken = new LotQuantity(step.lot(), FloorBook.taken(lot, wanted), lot.revision());
    if (singles.takes(change.plant, step)) {
      return singles.input(change, step, taken);
    }
    Optional<Order> finished = end.before(step.station(), step.millis());
    return finished.isPresent()
        ? late(change, step, taken, finished.get())
        : feed(change, step, taken);
  }

  static void beforeItsTime(Change change, Step step) {
    change.found(
        "custody.before-its-time",
        step.lot().path(),
        "scanned as an input before it was received or produced",
        "the input counts at its own time",
        "look at the clocks of the scanners' agents");
  }

  /** A scan that comes after its order has ended. */
  private Floor.Outcome late(Change change, Step step, LotQuantity taken, Order finished) {
    Optional<Floor.Outcome> refusal = refuseInput(step, finished);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    withdraw(change, step, taken);
    Order order = finished.with(taken).from(Math.min(finished.startMillis(), step.millis()));
    change.put(order);
    change.found(
        "custody.late-input",
        order.id(),
        "%s was scanned as an input after the order had ended".formatted(step.lot().path()),
        "it joined the order; what the order made carries it too",
        "look at the connection of scanner " + step.scanner().id());
    change.typed(order, end.typed(order, List.of(fed(step, taken))), order.in());
    OrderChecks.ended(change, order);
    change.happened(
        step.act()
            .event(change.plant, CustodyEvent.Type.TRANSFORMED, List.of(taken), List.of())
            .of(order));
    return change.done("Late input: joined " + order.id());
  }

  private Floor.Outcome feed(Change change, Step step, LotQuantity taken) {
    String station = step.station();
    Order running = book.running.get(station);
    Optional<Parked> waiting =
        benches.parked(station).stream()
            .filter(output -> output.millis() >= step.millis())
            .filter(output -> !book.stock.containsKey(output.step().lot()))
            .min(Comparator.comparingLong(Parked::millis));
    if (running != null && waiting.filter(p -> p.millis() < running.startMillis()).isPresent()) {
      return past(change, step, taken, waiting.get());
    }
    if (running == null && book.unaccounted.size() >= FloorBook.MOST_ORDERS) {
      return FloorBook.tooMany(step);
    }
    Order before =
        running == null ? book.named(Order.opened(station, step.millis(), step.leaf())) : running;
    Optional<Floor.Outcome> refusal = refuseInput(step, before);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Bench bench = running == null ? benches.at(station).begun(before, false) : end.bench(station);
    Order order = before.with(taken).from(Math.min(before.startMillis(), step.millis()));
    withdraw(change, step, taken);
    change.put(order);
    change.put(station, bench.fed(fed(step, taken)));
    if (waiting.isPresent() && !bench.started()) {
      Optional<Floor.Outcome> done = end.complete(change, order, waiting.get());
      if (done.isPresent()) {
        return done.get();
      }
    }
    return change.done(
        "Took %s kg of %s into %s"
            .formatted(taken.mass().kilograms(), step.lot().number(), order.id()));
  }

  /** An order whose input and output both come after the next order began. */
  private Floor.Outcome past(Change change, Step step, LotQuantity taken, Parked output) {
    if (Scales.exceeds(output.mass(), taken.mass())) {
      return FloorBook.massGate(output.step().lot().path(), output.mass(), taken.mass());
    }
    withdraw(change, step, taken);
    change.unpark(output);
    Order order = book.named(Order.opened(step.station(), step.millis(), step.leaf())).with(taken);
    Order ended = end.add(change, order.until(output.millis()), output, Order.Kind.PRODUCT);
    change.put(step.station(), end.bench(step.station()).remembering(ended));
    change.typed(ended, end.typed(ended, List.of(fed(step, taken))), ended.in());
    OrderChecks.ended(change, ended);
    change.happened(end.event(change, ended, output.step().act()));
    return change.done("Late input: made " + ended.id());
  }

  private static Bench.Fed fed(Step step, LotQuantity taken) {
    return new Bench.Fed(taken, step.millis(), step.leaf());
  }

  private Optional<Floor.Outcome> refuseInput(Step step, Order order) {
    if (order.inputs().size() >= FloorBook.MOST_LOTS) {
      return Optional.of(FloorBook.tooMany(step));
    }
    if (!order.outputs().isEmpty() && Genealogy.descends(book, step.lot(), order)) {
      return Optional.of(
          new Floor.Outcome.Refused(
              "custody.cycle",
              step.lot().path(),
              "this lot was itself made of what %s made".formatted(order.id()),
              "finish that order first; then rework the lot in an order of its own"));
    }
    return Optional.empty();
  }

  private void withdraw(Change change, Step step, LotQuantity taken) {
    Stock lot = Objects.requireNonNull(book.stock.get(step.lot()));
    change.put(lot.withdrawn(taken.mass(), step.millis()));
  }

  /** Says whether a label is that of an output of an order that runs. */
  boolean makes(Step step) {
    return step.scanner().step() == Scanner.Step.OUTPUT
        && (singles.ending(step).isPresent()
            || (book.running.containsKey(step.station()) && !book.stock.containsKey(step.lot())));
  }

  Floor.Outcome output(Change change, Step step, Optional<Mass> weighed) {
    Optional<Order> single = singles.ending(step);
    if (single.isPresent()) {
      return singles.output(change, step, weighed, single.get());
    }
    if (singles.awaits(change.plant, step)) {
      return park(change, singles.parked(step, weighed));
    }
    Order order = book.running.get(step.station());
    boolean reworked = order != null && end.isRework(order, step.lot());
    if (!reworked || weighed.isEmpty()) {
      Optional<Floor.Outcome> refusal = book.refuseNewLot(change.plant, step, weighed);
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    Parked output = new Parked(step, weighed.orElseThrow());
    if (order == null || step.millis() < order.startMillis()) {
      return park(change, output);
    }
    if (reworked && end.isMadeOfItself(order, step.lot())) {
      return new Floor.Outcome.Refused(
          "custody.cycle",
          step.lot().path(),
          "the order consumed something that was made of this very lot",
          "give the output a number of its own");
    }
    if (order.outputs().size() >= FloorBook.MOST_LOTS) {
      return FloorBook.tooMany(step);
    }
    Bench bench = end.bench(step.station());
    Order.Kind kind = end.kind(change, bench, step.lot());
    if (bench.isIn(Card.SCRAP)) {
      bench = bench.in(Optional.empty());
      change.put(step.station(), bench);
    }
    if (!bench.started() && kind == Order.Kind.PRODUCT) {
      return end.endBy(change, order, output);
    }
    Order more = end.add(change, order, output, kind);
    return change.done(
        "%s %s: %s kg of %s%s"
            .formatted(
                kind == Order.Kind.PRODUCT
                    ? "Output"
                    : kind == Order.Kind.SCRAP ? "Scrap" : "Waste",
                step.lot().number(),
                output.mass().kilograms(),
                more.id(),
                bench.started() ? "; TGM:FINISH ends it" : "; its product ends it"));
  }

  private Floor.Outcome park(Change change, Parked output) {
    Step step = output.step();
    if (benches.isParked(step.lot())
        || benches.parked(step.station()).size() >= MOST_PARKED
        || step.millis() < benches.plantMillis() - 12 * Benches.HOUR) {
      return Floor.outputWithoutInput(step);
    }
    change.park(output);
    return change.done(
        "Kept: nothing was put into %s before %s; scan its inputs"
            .formatted(step.station(), step.lot().number()));
  }
}

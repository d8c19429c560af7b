package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.quantity.Mass;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** How the orders of the floor with cards get their outputs, and end. Single-threaded. */
final class OrderEnd {
  private final FloorBook book;
  private final Benches benches;

  OrderEnd(FloorBook book, Benches benches) {
    this.book = book;
    this.benches = benches;
  }

  /** Returns the bench, which knows of the order that an earlier grammar opened. */
  Bench bench(String station) {
    Bench bench = benches.at(station);
    Order running = book.running.get(station);
    if (running == null || bench.order().filter(running.id()::equals).isPresent()) {
      return bench;
    }
    return bench
        .begun(running, false)
        .fed(
            running.inputs().stream()
                .map(input -> new Bench.Fed(input, running.startMillis(), 0))
                .toList());
  }

  /** Returns the finished order that a scan of this time belongs to. */
  Optional<Order> before(String station, long millis) {
    return benches.at(station).recent().stream()
        .map(id -> Objects.requireNonNull(book.orders.get(id)))
        .filter(order -> order.endMillis() > millis)
        .min(Comparator.comparingLong(Order::endMillis));
  }

  Order.Kind kind(Change change, Bench bench, LotId lot) {
    if (bench.isIn(Card.SCRAP)) {
      return Order.Kind.SCRAP;
    }
    return change.plant.additions().floor().isWaste(lot.gtin())
        ? Order.Kind.WASTE
        : Order.Kind.PRODUCT;
  }

  /** Gives an order one more output. */
  Order add(Change change, Order order, Parked output, Order.Kind kind) {
    LotId lot = output.step().lot();
    Stock again = book.stock.get(lot);
    int revision = again == null ? 0 : again.revision() + 1;
    Order more = order.with(new Order.Output(lot, output.mass(), kind, revision));
    Stock made =
        again == null
            ? Stock.produced(lot, output.mass(), output.millis(), order.id())
            : again.reworked(output.mass(), output.millis(), order.id());
    change.put(made.typed(book.typed.own(lot, output.mass())));
    if (again != null && !order.single()) {
      change.found(
          "custody.rework",
          lot.path(),
          "all of this lot went into %s and came out again".formatted(order.id()),
          "it is revision %d of the lot, and carries the rework too".formatted(revision),
          "nothing, if it was reworked; else give the output a number of its own");
    }
    change.put(more);
    return more;
  }

  /** Says whether a label names a lot that the order took whole, and makes anew. */
  boolean isRework(Order order, LotId lot) {
    Stock stock = book.stock.get(lot);
    return stock != null
        && stock.place() == Stock.Place.CONSUMED
        && order.inputs().stream().anyMatch(input -> input.lot().equals(lot))
        && order.outputs().stream().noneMatch(made -> made.kind() == Order.Kind.PRODUCT);
  }

  boolean isMadeOfItself(Order order, LotId lot) {
    return order.inputs().stream()
        .map(LotQuantity::lot)
        .filter(input -> !input.equals(lot))
        .anyMatch(input -> Genealogy.isMadeOf(book, input, lot));
  }

  /** Ends an order by an output that came before its last input, if there is enough of inputs. */
  Optional<Floor.Outcome> complete(Change change, Order order, Parked output) {
    Order own = order.of(lots(own(order, output.millis())));
    if (output.millis() < order.startMillis()
        || book.stock.containsKey(output.step().lot())
        || Scales.exceeds(own.out().plus(output.mass()), own.in())) {
      return Optional.empty();
    }
    change.unpark(output);
    return Optional.of(endBy(change, order, output));
  }

  /** Ends an order by its product. */
  Floor.Outcome endBy(Change change, Order order, Parked output) {
    Mass in = order.of(lots(own(order, output.millis()))).in();
    Mass out = order.out().plus(output.mass());
    if (Scales.exceeds(out, in)) {
      return FloorBook.massGate(output.step().lot().path(), out, in);
    }
    return end(change, add(change, order, output, Order.Kind.PRODUCT), output.step().act());
  }

  /** Ends an order; what was put in later begins the next one. */
  Floor.Outcome end(Change change, Order order, Act at) {
    List<Bench.Fed> own = own(order, at.millis());
    List<Bench.Fed> rest = feds(order).filter(input -> input.millis() > at.millis()).toList();
    Order ended = order.of(lots(own)).until(Math.max(order.startMillis(), at.millis()));
    if (Scales.exceeds(ended.out(), ended.in())) {
      return FloorBook.massGate(order.id(), ended.out(), ended.in());
    }
    change.put(ended);
    Bench bench = bench(order.workstation()).ended().remembering(ended);
    if (!rest.isEmpty()) {
      long begin = rest.stream().mapToLong(Bench.Fed::millis).min().orElseThrow();
      Order next =
          book.named(Order.opened(order.workstation(), begin, change.act.leaf())).of(lots(rest));
      change.put(next);
      bench = bench.begun(next, false).fed(rest);
    }
    change.put(order.workstation(), bench);
    change.typed(ended, typed(ended, own), ended.in());
    OrderChecks.ended(change, ended);
    change.happened(event(change, ended, at));
    return change.done(
        "Finished %s: %s kg out of %s kg"
            .formatted(ended.id(), ended.out().kilograms(), ended.in().kilograms()));
  }

  /**
   * Returns how much of an order's inputs rests on typed weights; what it reworked says so itself.
   */
  Mass typed(Order order, List<Bench.Fed> inputs) {
    return inputs.stream()
        .filter(
            input ->
                order.outputs().stream().noneMatch(made -> made.lot().equals(input.lot().lot())))
        .map(
            input ->
                book.typed.of(
                    Objects.requireNonNull(book.stock.get(input.lot().lot())),
                    input.lot(),
                    input.leaf()))
        .reduce(Mass.ZERO, Mass::plus);
  }

  CustodyEvent event(Change change, Order ended, Act at) {
    return at.event(
            change.plant, CustodyEvent.Type.TRANSFORMED, ended.inputs(), ended.outputQuantities())
        .of(ended);
  }

  private List<Bench.Fed> own(Order order, long millis) {
    return feds(order).filter(input -> input.millis() <= millis).toList();
  }

  private Stream<Bench.Fed> feds(Order order) {
    return bench(order.workstation()).fed().stream();
  }

  private static List<LotQuantity> lots(List<Bench.Fed> inputs) {
    return inputs.stream().map(Bench.Fed::lot).toList();
  }
}

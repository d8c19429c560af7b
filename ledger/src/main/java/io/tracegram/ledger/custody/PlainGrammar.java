package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The floor of the calculator's editions 1 and 2: lots only, and an output ends its order. Their
 * logs rest on it: it does not change. Single-threaded.
 */
final class PlainGrammar {
  private final FloorBook book;

  PlainGrammar(FloorBook book) {
    this.book = book;
  }

  Floor.Outcome scanned(PlantModel plant, Step step) {
    if (step.scanner().scale().isEmpty()) {
      return happen(plant, step, Optional.empty());
    }
    book.pending.put(step.scanner().scale().get(), step);
    return Floor.Outcome.noted("waits for the weight");
  }

  Floor.Outcome weight(PlantModel plant, Body.Weight weight) {
    Step waiting = book.pending.remove(weight.scale());
    if (waiting == null) {
      return Floor.Outcome.noted("");
    }
    return Floor.refuseMass(waiting, weight)
        .orElseGet(() -> happen(plant, waiting, Optional.of(weight.mass())));
  }

  private Floor.Outcome happen(PlantModel plant, Step step, Optional<Mass> weighed) {
    return switch (step.scanner().step()) {
      case RECEIVE ->
          book.refuseNewLot(plant, step, weighed)
              .orElseGet(() -> receive(plant, step, weighed.orElseThrow()));
      case INPUT -> book.refuseTaking(step).orElseGet(() -> input(step, weighed));
      case OUTPUT -> output(plant, step, weighed);
      case SHIP -> book.refuseTaking(step).orElseGet(() -> ship(plant, step));
      case FILL, DRAW, PACK, UNPACK, SCRAP ->
          new Floor.Outcome.Refused(
              "custody.unknown-step",
              step.scanner().id(),
              "the rules of this log know no scanner that packs, unpacks, scraps, fills or draws",
              "start the gateway's newest program: it names the rules that do");
    };
  }

  private Floor.Outcome receive(PlantModel plant, Step step, Mass mass) {
    book.keep(Stock.received(step.lot(), mass, step.millis()));
    return happened(
        Floor.event(plant, CustodyEvent.Type.RECEIVED, step, List.of(), mass),
        new Movement.Received(step.lot(), mass, step.millis()));
  }

  private Floor.Outcome input(Step step, Optional<Mass> weighed) {
    Stock lot = Objects.requireNonNull(book.stock.get(step.lot()));
    Mass wanted = weighed.orElse(lot.remaining());
    Optional<Floor.Outcome> beyond = FloorBook.refuseBeyond(lot, wanted);
    if (beyond.isPresent()) {
      return beyond.get();
    }
    Mass mass = FloorBook.taken(lot, wanted);
    Order before = book.running.get(step.station());
    if (before != null
        ? before.inputs().size() >= FloorBook.MOST_LOTS
        : book.unaccounted.size() >= FloorBook.MOST_ORDERS) {
      return FloorBook.tooMany(step);
    }
    Order order =
        (before == null ? Order.opened(step.station(), step.millis(), step.leaf()) : before)
            .with(new LotQuantity(step.lot(), mass));
    book.keep(order);
    book.keep(lot.withdrawn(mass, step.millis()));
    return new Floor.Outcome.Noted(
        "joined " + order.id(), List.of(new Movement.Worked(order)), List.of());
  }

  private Floor.Outcome output(PlantModel plant, Step step, Optional<Mass> weighed) {
    Order order = book.running.get(step.station());
    if (order == null) {
      return Floor.outputWithoutInput(step);
    }
    Optional<Floor.Outcome> refusal = book.refuseNewLot(plant, step, weighed);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Mass mass = weighed.orElseThrow();
    if (Scales.exceeds(mass, order.in())) {
      return FloorBook.massGate(step.lot().path(), mass, order.in());
    }
    Order ended =
        order
            .with(new Order.Output(step.lot(), mass, Order.Kind.PRODUCT))
            .until(Math.max(order.startMillis(), step.millis()));
    book.keep(ended);
    book.keep(Stock.produced(step.lot(), mass, step.millis(), order.id()));
    return happened(
        Floor.event(plant, CustodyEvent.Type.TRANSFORMED, step, ended.inputs(), mass),
        new Movement.Worked(ended));
  }

  private Floor.Outcome ship(PlantModel plant, Step step) {
    Stock lot = Objects.requireNonNull(book.stock.get(step.lot()));
    book.keep(lot.shipped(step.millis()));
    return happened(
        Floor.event(plant, CustodyEvent.Type.SHIPPED, step, List.of(), lot.remaining()),
        new Movement.Shipped(step.lot(), lot.remaining()));
  }

  private static Floor.Outcome happened(CustodyEvent event, Movement movement) {
    return new Floor.Outcome.Happened(List.of(event), "accepted", List.of(movement), List.of());
  }
}

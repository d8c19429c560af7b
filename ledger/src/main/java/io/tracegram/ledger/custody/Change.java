package io.tracegram.ledger.custody;

import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One accepted scan's change of the books, noted so that it can be undone. Single-threaded. */
final class Change {
  final PlantModel plant;
  final Act act;
  private final FloorBook book;
  private final Benches benches;
  private final Taken.Books before = Taken.Books.empty();
  private final Taken.Books after = Taken.Books.empty();
  private final List<Parked> parked = new ArrayList<>();
  private final List<Parked> unparked = new ArrayList<>();
  private final List<Movement> movements = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private Optional<CustodyEvent> event = Optional.empty();

  Change(PlantModel plant, Act act, FloorBook book, Benches benches) {
    this.plant = plant;
    this.act = act;
    this.book = book;
    this.benches = benches;
  }

  void put(Stock stock) {
    LotId lot = stock.lot();
    note(before.lots(), after.lots(), lot, Optional.ofNullable(book.stock.put(lot, stock)));
    after.lots().put(lot, stock);
  }

  void put(Order order) {
    String id = order.id();
    note(before.orders(), after.orders(), id, Optional.ofNullable(book.orders.get(id)));
    after.orders().put(id, order);
    book.keep(order);
    movements.removeIf(
        movement -> movement instanceof Movement.Worked(Order older) && older.id().equals(id));
    movements.add(new Movement.Worked(order));
  }

  /** Notes on what an order made that some of its inputs' mass rests on typed weights. */
  void typed(Order order, Mass part, Mass of) {
    if (part.milligrams() == 0) {
      return;
    }
    for (Order.Output output : order.outputs()) {
      Stock made = book.stock.get(output.lot());
      if (made != null && made.order().equals(order.id())) {
        put(made.typed(made.typed().plus(TypedWeights.part(made.mass(), part, of))));
      }
    }
  }

  void put(String station, Bench bench) {
    note(before.benches(), after.benches(), station, Optional.of(benches.at(station)));
    after.benches().put(station, bench);
    benches.put(station, bench);
  }

  private static <K, T> void note(Map<K, T> before, Map<K, T> after, K key, Optional<T> was) {
    if (!after.containsKey(key)) {
      was.ifPresent(value -> before.put(key, value));
    }
  }

  void park(Parked output) {
    parked.add(output);
    benches.park(output);
  }

  void unpark(Parked output) {
    unparked.add(output);
    benches.unpark(output);
  }

  void moved(Movement movement) {
    movements.add(movement);
  }

  void found(String code, String subject, String reason, String effect, String action) {
    findings.add(new Finding(code, subject, reason, effect, action, act.leaf()));
  }

  void happened(CustodyEvent what) {
    event = Optional.of(what);
  }

  /** Ends the change. */
  Floor.Outcome done(String text) {
    benches.took(
        new Taken(
            act,
            text,
            before,
            after,
            List.copyOf(parked),
            List.copyOf(unparked),
            event,
            Taken.Moved.of(movements),
            Optional.empty()));
    return event
        .<Floor.Outcome>map(known -> new Floor.Outcome.Happened(known, text, movements, findings))
        .orElseGet(() -> new Floor.Outcome.Noted(text, movements, findings));
  }
}

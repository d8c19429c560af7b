package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.Detail;
import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
  private final List<CustodyEvent> also = new ArrayList<>();
  private Optional<CustodyEvent> event = Optional.empty();
  private Optional<Weighing> weighing = Optional.empty();

  Change(PlantModel plant, Act act, FloorBook book, Benches benches) {
    this.plant = plant;
    this.act = act;
    this.book = book;
    this.benches = benches;
  }

  void put(Stock stock) {
    LotId lot = stock.lot();
    Optional<Stock> was = book.keep(stock);
    note(before.lots(), after.lots(), lot, was);
    after.lots().put(lot, stock);
    if (stock.remaining().milligrams() == 0 && stock.place() != Stock.Place.SHIPPED) {
      book.holding(lot).ifPresent(unit -> usedUp(unit, was.orElse(stock)));
    }
  }

  /** A lot that is used up is bound to nothing. */
  private void usedUp(Container unit, Stock was) {
    if (unit.isTold(was.lot())) {
      also.add(
          act.event(
                  plant,
                  CustodyEvent.Type.DISSOCIATED,
                  List.of(),
                  List.of(new LotQuantity(was.lot(), was.remaining())))
              .with(Detail.of(unit.id())));
    }
    put(unit.without(was.lot()));
  }

  void put(Container unit) {
    note(before.units(), after.units(), unit.id(), book.unit(unit.id()));
    after.units().put(unit.id(), unit);
    book.put(unit);
  }

  /** Returns what a label opened where this happens. */
  Opened opened() {
    return benches.opened(act.opens());
  }

  void put(Opened now) {
    note(before.opened(), after.opened(), act.opens(), Optional.of(opened()));
    after.opened().put(act.opens(), now);
    benches.put(act.opens(), now);
  }

  /** Refuses what is more than one transaction can tell. */
  Optional<Floor.Outcome> refuseFull() {
    return opened().lots().size() + opened().units().size() < CardUnits.MOST_LOTS
        ? Optional.empty()
        : Optional.of(
            new Floor.Outcome.Refused(
                "custody.too-many",
                act.scanner().id(),
                "a transaction takes at most %,d lots and units".formatted(CardUnits.MOST_LOTS),
                "scan TGM:FINISH, then the transaction's label again"));
  }

  /** A lot is a part of the transaction that is open here, if any. */
  void notePart(LotQuantity lot) {
    if (opened().transaction().isPresent()) {
      put(opened().with(lot));
    }
  }

  void notePart(ContainerId unit) {
    if (opened().transaction().isPresent()) {
      put(opened().with(unit));
    }
  }

  /** A scale told the mass of what was scanned. */
  void weighed(Weighing told) {
    weighing = Optional.of(told);
  }

  void put(Order order) {
    put(order, book::keep);
  }

  /** Puts an order of no duration, which occupies no workstation. */
  void putAtOnce(Order order) {
    put(order, book::keepAtOnce);
  }

  private void put(Order order, Consumer<Order> keep) {
    String id = order.id();
    note(before.orders(), after.orders(), id, Optional.ofNullable(book.orders.get(id)));
    after.orders().put(id, order);
    keep.accept(order);
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

  void put(String silo, SiloContent content) {
    note(before.silos(), after.silos(), silo, Optional.ofNullable(book.silos.get(silo)));
    after.silos().put(silo, content);
    book.silos.put(silo, content);
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
    Detail detail = what.detail().weighed(weighings(what));
    event =
        Optional.of(
            what.with(
                what.type() == CustodyEvent.Type.RECEIVED
                        || what.type() == CustodyEvent.Type.SHIPPED
                    ? detail.of(opened().transaction())
                    : detail));
  }

  private List<Weighing> weighings(CustodyEvent what) {
    if (!plant.additions().places().detailed()) {
      return List.of();
    }
    return switch (what.type()) {
      case RECEIVED, SCRAPPED -> weighing.stream().toList();
      case TRANSFORMED, SPLIT ->
          what.outputs().isEmpty()
              ? weighing.stream().toList()
              : what.outputs().stream().flatMap(this::weighing).toList();
      case SHIPPED, PACKED, UNPACKED, ASSOCIATED, DISSOCIATED, TRANSACTED -> List.of();
    };
  }

  /** Returns the weighing on which an output rests: other ones than of its mass are of later. */
  private Stream<Weighing> weighing(LotQuantity output) {
    return benches.weighing(output.lot()).filter(w -> w.mass().equals(output.mass())).stream();
  }

  /** Ends the change. */
  Floor.Outcome done(String text) {
    List<CustodyEvent> events = events();
    benches.took(
        new Taken(
            act,
            text,
            before,
            after,
            List.copyOf(parked),
            List.copyOf(unparked),
            events,
            Taken.Moved.of(movements),
            Optional.empty()));
    return events.isEmpty()
        ? new Floor.Outcome.Noted(text, movements, findings)
        : new Floor.Outcome.Happened(events, text, movements, findings);
  }

  private List<CustodyEvent> events() {
    List<CustodyEvent> all = new ArrayList<>(event.stream().toList());
    for (CustodyEvent one : also) {
      all.add(one.with(one.detail().numbered(all.size())));
    }
    return List.copyOf(all);
  }
}

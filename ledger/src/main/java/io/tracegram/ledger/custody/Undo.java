package io.tracegram.ledger.custody;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes back the last accepted scan of a scanner, unless something rests on it. Single-threaded.
 */
final class Undo {
  private static final long MOST_MILLIS = 8 * Benches.HOUR;

  private final FloorBook book;
  private final Benches benches;

  Undo(FloorBook book, Benches benches) {
    this.book = book;
    this.benches = benches;
  }

  Floor.Outcome undo(Act card) {
    List<Taken> taken = benches.taken(card.scanner().id());
    if (taken.isEmpty() || card.millis() - taken.getLast().act().millis() > MOST_MILLIS) {
      return new Floor.Outcome.Refused(
          "custody.nothing-to-undo",
          card.scanner().id(),
          "it has no accepted scan of the last 8 hours that is not undone",
          "scan TGM:UNDO at the scanner that made the mistake, TGM:UNDO:PORTAL for a portal");
    }
    Taken last = taken.getLast();
    Optional<String> obstacle = obstacle(last);
    if (obstacle.isPresent()) {
      return new Floor.Outcome.Refused(
          "custody.undo-rests",
          card.scanner().id(),
          obstacle.get(),
          "undo that first, at its own scanner");
    }
    List<Movement> movements = restore(last);
    benches.undone(last);
    String text = "Undone: " + (last.text().isEmpty() ? "the scan" : last.text());
    List<CustodyEvent> events =
        last.events().stream().map(event -> event.inError(card.millis(), card.leaf())).toList();
    return events.isEmpty()
        ? new Floor.Outcome.Noted(text, movements, List.of())
        : new Floor.Outcome.Happened(events, text, movements, List.of());
  }

  /** Says what rests on a scan. */
  private Optional<String> obstacle(Taken scan) {
    for (Stock lot : scan.after().lots().values()) {
      if (!lot.equals(book.stock.get(lot.lot()))) {
        return Optional.of(lot.lot().path() + " " + fate(lot.lot()));
      }
      Optional<String> splits = benches.splitting(lot.lot());
      if (splits.isPresent() && !scan.before().lots().containsKey(lot.lot())) {
        return Optional.of(lot.lot().path() + " is being split at " + splits.get());
      }
    }
    for (Map.Entry<String, SiloContent> silo : scan.after().silos().entrySet()) {
      if (!silo.getValue().equals(book.silos.get(silo.getKey()))) {
        return Optional.of("something was poured into " + silo.getKey() + " after this scan");
      }
    }
    Optional<String> packed = packed(scan);
    if (packed.isPresent()) {
      return packed;
    }
    for (Order order : scan.after().orders().values()) {
      if (!order.equals(book.orders.get(order.id()))) {
        return Optional.of(order.id() + " went on after this scan");
      }
    }
    if (scan.after().benches().entrySet().stream()
            .anyMatch(bench -> !bench.getValue().equals(benches.at(bench.getKey())))
        || scan.after().opened().entrySet().stream()
            .anyMatch(open -> !open.getValue().equals(benches.opened(open.getKey())))) {
      return Optional.of("work went on at " + scan.act().station() + " after this scan");
    }
    boolean left =
        scan.parked().stream()
            .anyMatch(output -> !benches.parked(output.step().station()).contains(output));
    return left
        ? Optional.of("the output has found its order, or waited too long for it")
        : Optional.empty();
  }

  /** Says what of a scan is in another unit now, or in the same with something else. */
  private Optional<String> packed(Taken scan) {
    for (Container unit : scan.after().units().values()) {
      if (!unit.equals(book.unit(unit.id()).orElse(Container.empty(unit.id())))) {
        return Optional.of(unit.id().number() + " was packed or unpacked after this scan");
      }
    }
    return scan.after().lots().keySet().stream()
        .flatMap(lot -> book.holding(lot).stream())
        .filter(unit -> !scan.after().units().containsKey(unit.id()))
        .findFirst()
        .map(unit -> "a lot of this scan is in the unit " + unit.id().number());
  }

  private String fate(LotId lot) {
    return book.orders.values().stream()
        .filter(order -> order.inputs().stream().anyMatch(input -> input.lot().equals(lot)))
        .reduce((_, later) -> later)
        .map(order -> "was consumed in " + order.id())
        .orElseGet(
            () ->
                Optional.ofNullable(book.stock.get(lot))
                    .map(stock -> "is " + stock.place() + " since")
                    .orElse("is no longer on the books"));
  }

  private List<Movement> restore(Taken scan) {
    scan.weighed().ifPresent(book.pending::remove);
    scan.parked().forEach(benches::unpark);
    scan.unparked().forEach(benches::park);
    Taken.Books before = scan.before();
    scan.after().lots().keySet().forEach(lot -> restore(lot, before.lots().get(lot)));
    scan.after()
        .units()
        .keySet()
        .forEach(id -> book.put(before.units().getOrDefault(id, Container.empty(id))));
    before.opened().forEach(benches::put);
    List<Movement> movements = new ArrayList<>();
    for (Order order : scan.after().orders().values()) {
      if (!before.orders().containsKey(order.id())) {
        book.drop(order);
        movements.add(
            new Movement.Worked(
                new Order(
                    order.id(),
                    order.workstation(),
                    order.startMillis(),
                    order.startMillis(),
                    List.of(),
                    List.of())));
      }
    }
    for (Order order : before.orders().values()) {
      book.keep(order);
      movements.add(new Movement.Worked(order));
    }
    before.benches().forEach(benches::put);
    scan.after().silos().keySet().forEach(book.silos::remove);
    book.silos.putAll(before.silos());
    scan.moved().received().map(Movement.Corrected::new).ifPresent(movements::add);
    scan.moved().scrapped().map(Movement.Corrected::new).ifPresent(movements::add);
    scan.moved().shipped().stream().map(Movement.Corrected::new).forEach(movements::add);
    return movements;
  }

  private void restore(LotId lot, @Nullable Stock before) {
    if (before == null) {
      book.forget(lot);
    } else {
      book.keep(before);
    }
  }
}

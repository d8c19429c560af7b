package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Lots that come, go, are split or scrapped, on the floor with cards. Single-threaded. */
final class CardLots {
  private final FloorBook book;
  private final Benches benches;

  CardLots(FloorBook book, Benches benches) {
    this.book = book;
    this.benches = benches;
  }

  Floor.Outcome receive(Change change, Step step, Optional<Mass> weighed) {
    Optional<Floor.Outcome> refusal =
        book.refuseNewLot(change.plant, step, weighed).or(change::refuseFull);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Mass mass = weighed.orElseThrow();
    change.put(
        Stock.received(step.lot(), mass, step.millis()).typed(book.typed.own(step.lot(), mass)));
    change.moved(new Movement.Received(step.lot(), mass, step.millis()));
    change.happened(Floor.event(change.plant, CustodyEvent.Type.RECEIVED, step, List.of(), mass));
    change.notePart(new LotQuantity(step.lot(), mass));
    return change.done("Received %s kg of %s".formatted(mass.kilograms(), step.lot().number()));
  }

  Floor.Outcome ship(Change change, Step step) {
    Optional<Floor.Outcome> refusal =
        book.refuseTaking(step).or(() -> book.refuseHeld(step.lot())).or(change::refuseFull);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Stock lot = lot(step.lot());
    change.put(lot.shipped(step.millis()));
    change.moved(new Movement.Shipped(step.lot(), lot.remaining()));
    change.happened(
        Floor.event(change.plant, CustodyEvent.Type.SHIPPED, step, List.of(), lot.remaining()));
    change.notePart(new LotQuantity(step.lot(), lot.remaining()));
    return change.done(
        "Shipped %s kg of %s".formatted(lot.remaining().kilograms(), step.lot().number()));
  }

  /** A card gives the next labels a meaning. */
  Floor.Outcome mode(Change change, Card card, String text) {
    String station = change.act.station();
    change.put(station, benches.at(station).in(Optional.of(Bench.Mode.of(card))));
    return change.done(text);
  }

  Floor.Outcome scrap(Change change, Step step, Optional<Mass> weighed) {
    Optional<Floor.Outcome> refusal = book.refuseTaking(step);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Stock lot = lot(step.lot());
    Mass wanted = weighed.orElse(lot.remaining());
    Optional<Floor.Outcome> beyond = FloorBook.refuseBeyond(lot, wanted);
    if (beyond.isPresent()) {
      return beyond.get();
    }
    Mass mass = FloorBook.taken(lot, wanted);
    change.put(lot.scrapped(mass, step.millis()));
    if (benches.at(step.station()).isIn(Card.SCRAP)) {
      change.put(step.station(), benches.at(step.station()).in(Optional.empty()));
    }
    change.moved(new Movement.Scrapped(step.lot(), mass));
    change.happened(Floor.event(change.plant, CustodyEvent.Type.SCRAPPED, step, List.of(), mass));
    return change.done("Scrapped %s kg of %s".formatted(mass.kilograms(), step.lot().number()));
  }

  /** Says whether a label is that of the lot to split: then it needs no weight. */
  boolean namesLotToSplit(Step step) {
    Bench bench = benches.at(step.station());
    return bench.isIn(Card.SPLIT) && bench.mode().orElseThrow().lot().isEmpty();
  }

  Floor.Outcome split(Change change, Step step, Optional<Mass> weighed) {
    Bench bench = benches.at(step.station());
    Bench.Mode mode = bench.mode().orElseThrow();
    if (mode.lot().isEmpty()) {
      Optional<Floor.Outcome> refusal = book.refuseTaking(step);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      change.put(
          step.station(),
          bench.in(Optional.of(new Bench.Mode(Card.SPLIT, Optional.of(step.lot()), List.of()))));
      return change.done(
          "Splits %s: scan and weigh each new lot, then TGM:FINISH".formatted(step.lot().number()));
    }
    return part(change, step, weighed, mode);
  }

  private Floor.Outcome part(Change change, Step step, Optional<Mass> weighed, Bench.Mode mode) {
    LotId whole = mode.lot().orElseThrow();
    Optional<Floor.Outcome> refusal =
        refusePart(step, mode, whole).or(() -> book.refuseNewLot(change.plant, step, weighed));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    List<LotQuantity> parts = new ArrayList<>(mode.parts());
    parts.add(new LotQuantity(step.lot(), weighed.orElseThrow()));
    if (Scales.exceeds(sum(parts), remaining(whole))) {
      return FloorBook.massGate(whole.path(), sum(parts), remaining(whole));
    }
    change.put(
        step.station(),
        benches.at(step.station()).in(Optional.of(new Bench.Mode(Card.SPLIT, mode.lot(), parts))));
    return change.done(
        "Part %d of %s: %s kg; scan the next, or TGM:FINISH"
            .formatted(parts.size(), whole.number(), weighed.orElseThrow().kilograms()));
  }

  private static Optional<Floor.Outcome> refusePart(Step step, Bench.Mode mode, LotId whole) {
    if (!step.lot().gtin().equals(whole.gtin())) {
      return Optional.of(
          new Floor.Outcome.Refused(
              "custody.split-material",
              step.lot().path(),
              "the part's label names another material than the lot that is split",
              "label the part with the GTIN " + whole.gtin()));
    }
    if (mode.parts().stream().anyMatch(part -> part.lot().equals(step.lot()))) {
      return Optional.of(
          new Floor.Outcome.Refused(
              "custody.lot-twice",
              step.lot().path(),
              "this part was weighed already",
              "give each part its own number; if it is a second scan, ignore this"));
    }
    return mode.parts().size() < FloorBook.MOST_LOTS
        ? Optional.empty()
        : Optional.of(FloorBook.tooMany(step));
  }

  Floor.Outcome finishSplit(Change change) {
    Act act = change.act;
    Bench bench = benches.at(act.station());
    Bench.Mode mode = bench.mode().orElseThrow();
    change.put(act.station(), bench.in(Optional.empty()));
    if (mode.parts().isEmpty()) {
      return change.done("The split is dropped: it has no parts");
    }
    LotId whole = mode.lot().orElseThrow();
    Optional<LotId> taken =
        mode.parts().stream().map(LotQuantity::lot).filter(book.stock::containsKey).findFirst();
    if (taken.isPresent() || Scales.exceeds(sum(mode.parts()), remaining(whole))) {
      change.found(
          "custody.split-dropped",
          whole.path(),
          taken
              .map(part -> "the number of the part " + part.path() + " was given away meanwhile")
              .orElse("less than the parts is left of the lot"),
          "the split is dropped, and no part is on the books",
          "begin again with TGM:SPLIT");
      return change.done("The split of %s is dropped: begin again".formatted(whole.number()));
    }
    Stock lot = lot(whole);
    Mass mass = FloorBook.taken(lot, sum(mode.parts()));
    Order order =
        new Order(
            act.station() + "@" + act.leaf(),
            act.station(),
            act.millis(),
            act.millis(),
            List.of(new LotQuantity(whole, mass, lot.revision())),
            mode.parts().stream()
                .map(part -> new Order.Output(part.lot(), part.mass(), Order.Kind.PRODUCT))
                .toList());
    change.put(lot.withdrawn(mass, act.millis()));
    change.put(order);
    mode.parts()
        .forEach(
            part ->
                change.put(
                    Stock.produced(part.lot(), part.mass(), act.millis(), order.id())
                        .typed(book.typed.own(part.lot(), part.mass()))));
    change.typed(order, TypedWeights.part(mass, lot.typed(), lot.mass()), mass);
    change.happened(
        act.event(change.plant, CustodyEvent.Type.SPLIT, order.inputs(), order.outputQuantities())
            .of(order));
    return change.done("Split %s into %d lots".formatted(whole.number(), order.outputs().size()));
  }

  /** Returns what is left of a lot, which is nothing if it was undone meanwhile. */
  private Mass remaining(LotId id) {
    Stock lot = book.stock.get(id);
    return lot == null ? Mass.ZERO : lot.remaining();
  }

  private Stock lot(LotId id) {
    return Objects.requireNonNull(book.stock.get(id));
  }

  private static Mass sum(List<LotQuantity> parts) {
    return parts.stream().map(LotQuantity::mass).reduce(Mass.ZERO, Mass::plus);
  }
}

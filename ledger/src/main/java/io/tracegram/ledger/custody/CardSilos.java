package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.plant.Silo;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Lots that are poured into silos and drawn from them, on the floor with cards. Single-threaded.
 *
 * <p>What is in a silo is a lot, of which each pour makes the next one, and of which each draw
 * splits a part off. A scan that is told late counts for what is in the silo now: its event has its
 * own time, its order the time of the content.
 */
final class CardSilos {
  private static final long CLOCKS_MILLIS = 60_000L;

  private final FloorBook book;

  CardSilos(FloorBook book) {
    this.book = book;
  }

  Floor.Outcome fill(Change change, Step step, Optional<Mass> weighed) {
    Optional<Silo> found = change.plant.additions().siloOf(step.scanner().id());
    if (found.isEmpty()) {
      return noSilo(step);
    }
    Silo silo = found.get();
    Optional<Stock> content = content(silo);
    Optional<Floor.Outcome> refusal =
        book.refuseTaking(step).or(() -> refuseMaterial(silo, content, step));
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
      CardOrders.beforeItsTime(change, step);
    }
    return poured(
        change,
        step,
        silo,
        new LotQuantity(step.lot(), FloorBook.taken(lot, wanted), lot.revision()));
  }

  private Floor.Outcome poured(Change change, Step step, Silo silo, LotQuantity lot) {
    Optional<Stock> content = content(silo);
    long millis = counts(change, step, content);
    List<LotQuantity> inputs = new ArrayList<>();
    content
        .filter(held -> held.remaining().milligrams() > 0)
        .ifPresent(
            held -> {
              inputs.add(new LotQuantity(held.lot(), held.remaining()));
              change.put(held.withdrawn(held.remaining(), millis));
            });
    inputs.add(lot);
    Stock from = Objects.requireNonNull(book.stock.get(lot.lot()));
    change.put(from.withdrawn(lot.mass(), step.millis()));
    Mass mass = inputs.stream().map(LotQuantity::mass).reduce(Mass.ZERO, Mass::plus);
    LotId blend = LotId.ofContent(silo.gtin(), silo.id(), step.leaf());
    Order order = order(step, millis, inputs, blend, mass);
    change.putAtOnce(order);
    Mass typed =
        content
            .map(held -> book.typed.of(held, new LotQuantity(held.lot(), held.remaining()), -1))
            .orElse(Mass.ZERO)
            .plus(book.typed.of(from, lot, step.leaf()));
    change.put(Stock.produced(blend, mass, millis, order.id()).typed(typed));
    long pours = Optional.ofNullable(book.silos.get(silo.id())).map(SiloContent::pours).orElse(0L);
    change.put(silo.id(), new SiloContent(blend, pours + 1));
    checkCapacity(change, silo, mass);
    change.happened(
        step.act()
            .event(change.plant, CustodyEvent.Type.TRANSFORMED, inputs, order.outputQuantities())
            .of(order));
    return change.done(
        "Poured %s kg of %s into %s: %s kg are in it"
            .formatted(lot.mass().kilograms(), lot.lot().number(), silo.name(), mass.kilograms()));
  }

  Floor.Outcome draw(Change change, Step step, Optional<Mass> weighed) {
    Optional<Silo> found = change.plant.additions().siloOf(step.scanner().id());
    if (found.isEmpty()) {
      return noSilo(step);
    }
    Silo silo = found.get();
    Optional<Floor.Outcome> refusal =
        book.refuseNewLot(change.plant, step, weighed)
            .or(() -> refuseDraw(silo, step, weighed.orElseThrow()));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Mass mass = weighed.orElseThrow();
    Stock content = content(silo).orElseThrow();
    long millis = counts(change, step, Optional.of(content));
    Mass taken = FloorBook.taken(content, mass);
    Order order =
        order(step, millis, List.of(new LotQuantity(content.lot(), taken)), step.lot(), mass);
    change.putAtOnce(order);
    change.put(content.withdrawn(taken, millis));
    Mass typed = book.typed.of(content, new LotQuantity(content.lot(), taken), -1);
    change.put(
        Stock.produced(step.lot(), mass, step.millis(), order.id())
            .typed(typed)
            .typed(book.typed.own(step.lot(), mass)));
    change.happened(
        step.act()
            .event(change.plant, CustodyEvent.Type.SPLIT, order.inputs(), order.outputQuantities())
            .of(order));
    return change.done(
        "Drew %s kg from %s as %s: %s kg are left"
            .formatted(
                mass.kilograms(),
                silo.name(),
                step.lot().number(),
                content.remaining().minus(taken).kilograms()));
  }

  /** The plant was declared anew while the scan waited for its weight. */
  private static Floor.Outcome noSilo(Step step) {
    return new Floor.Outcome.Refused(
        "custody.no-silo",
        step.lot().path(),
        "the plant model no longer binds scanner " + step.scanner().id() + " to a silo",
        "scan the lot again at a scanner of the silo");
  }

  private Optional<Stock> content(Silo silo) {
    return Optional.ofNullable(book.silos.get(silo.id()))
        .map(content -> Objects.requireNonNull(book.stock.get(content.lot())));
  }

  private static Order order(
      Step step, long millis, List<LotQuantity> inputs, LotId made, Mass mass) {
    return new Order(
        step.station() + "@" + step.leaf(),
        step.station(),
        millis,
        millis,
        inputs,
        List.of(new Order.Output(made, mass, Order.Kind.PRODUCT)));
  }

  /** Returns the time at which a scan counts: not before that of the content. */
  private static long counts(Change change, Step step, Optional<Stock> content) {
    long since = content.map(Stock::sinceMillis).orElse(Long.MIN_VALUE);
    if (step.millis() < since) {
      change.found(
          "custody.silo-late",
          step.lot().path(),
          "this scan came after the silo had changed",
          "it counts for what is in the silo now",
          "look at the connection of scanner " + step.scanner().id());
    }
    return Math.max(step.millis(), since);
  }

  private static void checkCapacity(Change change, Silo silo, Mass mass) {
    if (silo.capacity().filter(most -> Scales.exceeds(mass, most)).isPresent()) {
      change.found(
          "custody.silo-over",
          silo.id(),
          "%s kg are in a silo of %s kg"
              .formatted(mass.kilograms(), silo.capacity().orElseThrow().kilograms()),
          "the blend is booked as weighed",
          "scan what was drawn and not told, or look for a wrong weight");
    }
  }

  private static Optional<Floor.Outcome> refuseMaterial(
      Silo silo, Optional<Stock> content, Step step) {
    if (!silo.takes(step.lot().gtin())) {
      return Optional.of(
          new Floor.Outcome.Refused(
              "custody.silo-material",
              step.lot().path(),
              "%s does not take the material %s".formatted(silo.name(), step.lot().gtin()),
              "pour it elsewhere; if it belongs there, add it to 'accepts' of the silo in"
                  + " plant.yaml"));
    }
    return content
        .filter(held -> held.remaining().milligrams() > 0)
        .filter(held -> !held.lot().gtin().equals(silo.gtin()))
        .map(
            held ->
                new Floor.Outcome.Refused(
                    "custody.silo-material",
                    step.lot().path(),
                    "%s still holds %s kg of %s"
                        .formatted(silo.name(), held.remaining().kilograms(), held.lot().gtin()),
                    "draw that first"));
  }

  private Optional<Floor.Outcome> refuseDraw(Silo silo, Step step, Mass weighed) {
    Optional<Stock> content = content(silo).filter(held -> held.remaining().milligrams() > 0);
    if (content.isEmpty()) {
      return Optional.of(
          new Floor.Outcome.Refused(
              "custody.silo-empty",
              step.lot().path(),
              "nothing is in %s".formatted(silo.name()),
              "scan what was poured in first"));
    }
    if (!content.get().lot().gtin().equals(step.lot().gtin())) {
      return Optional.of(
          new Floor.Outcome.Refused(
              "custody.silo-material",
              step.lot().path(),
              "the label names another material than that in " + silo.name(),
              "label what is drawn with the GTIN " + content.get().lot().gtin()));
    }
    Mass held = content.get().remaining();
    return Scales.exceeds(weighed, held)
        ? Optional.of(
            new Floor.Outcome.Refused(
                "custody.beyond-silo",
                step.lot().path(),
                "%s kg weighed, but only %s kg are in %s"
                    .formatted(weighed.kilograms(), held.kilograms(), silo.name()),
                "scan what was poured in and not told, or weigh again"))
        : Optional.empty();
  }
}

package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Lots that are packed into logistic units or bound to returnable ones, on the floor with cards.
 * Single-threaded.
 */
final class CardUnits {
  /** What is in one unit must fit into one event. */
  static final int MOST_LOTS = 1_000;

  private final FloorBook book;
  private final Benches benches;

  CardUnits(FloorBook book, Benches benches) {
    this.book = book;
    this.benches = benches;
  }

  /** A unit's label at a scanner that packs: what was open ends, and it is open now. */
  Floor.Outcome open(Change change, ContainerId id) {
    Optional<Floor.Outcome> refusal = refuseOpening(id);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    String ended = change.opened().unit().map(before -> end(change, before) + ". ").orElse("");
    if (unit(id).shipped()) {
      change.put(Container.empty(id));
    }
    change.put(Opened.of(id));
    return change.done(
        ended
            + (id.isReturnable() ? "Binds to " : "Packs into ")
            + id.number()
            + ": scan what goes in, then TGM:FINISH");
  }

  private Optional<Floor.Outcome> refuseOpening(ContainerId id) {
    if (unit(id).shipped() && !id.isReturnable()) {
      return Optional.of(shipped(id));
    }
    return refuseOpen(id);
  }

  /** Refuses a unit that is being packed. */
  private Optional<Floor.Outcome> refuseOpen(ContainerId id) {
    return benches
        .packing(id)
        .map(
            station ->
                new Floor.Outcome.Refused(
                    "custody.unit-open",
                    id.path(),
                    "this unit is being packed at " + station,
                    "scan what goes in, and TGM:FINISH there"));
  }

  private static Floor.Outcome shipped(ContainerId id) {
    return new Floor.Outcome.Refused(
        "custody.unit-shipped",
        id.path(),
        "this unit has left",
        "give each logistic unit a number of its own; if it is a second scan, ignore this");
  }

  /** Ends what is open at a scanner that packs. */
  Floor.Outcome finish(Change change) {
    String ended = end(change, change.opened().unit().orElseThrow());
    change.put(Opened.NOTHING);
    return change.done(ended);
  }

  private String end(Change change, ContainerId id) {
    Container unit = unit(id);
    if (unit.untold().isEmpty()) {
      return "Nothing was put into " + id.number();
    }
    List<LotQuantity> packed = quantities(unit.untold());
    change.put(unit.allTold());
    change.happened(
        event(
            change,
            id.isReturnable() ? CustodyEvent.Type.ASSOCIATED : CustodyEvent.Type.PACKED,
            id,
            packed));
    return "%s %d into %s"
        .formatted(id.isReturnable() ? "Bound" : "Packed", packed.size(), id.number());
  }

  /** A lot's label at a scanner that packs. */
  Floor.Outcome pack(Change change, Step step) {
    Optional<ContainerId> open = change.opened().unit();
    if (open.isEmpty()) {
      return new Floor.Outcome.Refused(
          "custody.no-unit",
          step.scanner().id(),
          "no unit is open into which this lot could go",
          "scan the label of the pallet, box or tote first (SSCC or GRAI)");
    }
    Container unit = unit(open.get());
    Optional<Floor.Outcome> refusal = refusePacking(step, unit);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    change.put(unit.with(step.lot()));
    return change.done(
        "%s is number %d in %s; scan the next, or TGM:FINISH"
            .formatted(step.lot().number(), unit.content().size() + 1, unit.id().number()));
  }

  private Optional<Floor.Outcome> refusePacking(Step step, Container unit) {
    Optional<Floor.Outcome> refusal = book.refuseTaking(step).or(() -> book.refuseHeld(step.lot()));
    if (refusal.isPresent()) {
      return refusal;
    }
    Optional<String> splits = benches.splitting(step.lot());
    if (splits.isPresent()) {
      return Optional.of(
          new Floor.Outcome.Refused(
              "custody.split-open",
              step.lot().path(),
              "this lot is being split at " + splits.get(),
              "scan TGM:FINISH there, then pack its parts"));
    }
    return unit.content().size() < MOST_LOTS
        ? Optional.empty()
        : Optional.of(
            new Floor.Outcome.Refused(
                "custody.unit-full",
                unit.id().path(),
                "a unit takes at most %,d lots and items".formatted(MOST_LOTS),
                "pack the rest into the next unit"));
  }

  /** A unit's label at a scanner that unpacks: all that is in it is taken out. */
  Floor.Outcome unpackAll(Change change, ContainerId id) {
    Optional<Floor.Outcome> refusal = refuseContent(id);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    List<LotId> content = unit(id).content();
    change.put(Container.empty(id));
    return unpacked(change, id, content);
  }

  /** A lot's label at a scanner that unpacks: only this lot is taken out. */
  Floor.Outcome unpack(Change change, Step step) {
    Optional<Container> holding = book.holding(step.lot());
    if (holding.isEmpty()) {
      return new Floor.Outcome.Refused(
          "custody.not-packed",
          step.lot().path(),
          "this lot is in no unit",
          "nothing: it can be used as it is");
    }
    Container unit = holding.get();
    Optional<Floor.Outcome> refusal = refuseContent(unit.id());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    change.put(unit.without(step.lot()));
    return unpacked(change, unit.id(), List.of(step.lot()));
  }

  private Floor.Outcome unpacked(Change change, ContainerId id, List<LotId> lots) {
    change.happened(
        event(
            change,
            id.isReturnable() ? CustodyEvent.Type.DISSOCIATED : CustodyEvent.Type.UNPACKED,
            id,
            quantities(lots)));
    return change.done("Took %d out of %s".formatted(lots.size(), id.number()));
  }

  private Optional<Floor.Outcome> refuseContent(ContainerId id) {
    Container unit = unit(id);
    Optional<Floor.Outcome> open = refuseOpen(id);
    if (open.isPresent()) {
      return open;
    }
    if (unit.shipped()) {
      return Optional.of(shipped(id));
    }
    return unit.content().isEmpty() ? Optional.of(nothingIn(id)) : Optional.empty();
  }

  private static Floor.Outcome nothingIn(ContainerId id) {
    return new Floor.Outcome.Refused(
        "custody.unit-empty",
        id.path(),
        "nothing is known to be in this unit",
        "pack it at a scanner that packs; if that was done, wait until its agent is online");
  }

  /** A unit's label at a scanner that ships: it goes out with all that is in it. */
  Floor.Outcome ship(Change change, ContainerId id) {
    Optional<Floor.Outcome> refusal = refuseContent(id).or(change::refuseFull);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Container unit = unit(id);
    List<LotQuantity> lots = quantities(unit.content());
    for (LotQuantity lot : lots) {
      change.put(stock(lot.lot()).shipped(change.act.millis()));
      change.moved(new Movement.Shipped(lot.lot(), lot.mass()));
    }
    change.put(unit.gone());
    change.happened(event(change, CustodyEvent.Type.SHIPPED, id, lots));
    change.notePart(id);
    return change.done("Shipped %s with %d in it".formatted(id.number(), lots.size()));
  }

  /** Returns the one lot that a returnable unit stands for, or why it stands for none. */
  OneLot oneLot(ContainerId id) {
    Optional<Floor.Outcome> refusal = refuseContent(id);
    if (refusal.isPresent()) {
      return new OneLot(Optional.empty(), refusal);
    }
    List<LotId> content = unit(id).content();
    if (!id.isReturnable()) {
      return new OneLot(Optional.empty(), FloorBook.packed(content.getFirst(), id));
    }
    return content.size() == 1
        ? new OneLot(Optional.of(content.getFirst()), Optional.empty())
        : new OneLot(
            Optional.empty(),
            Optional.of(
                new Floor.Outcome.Refused(
                    "custody.several-lots",
                    id.path(),
                    "there are %d lots in this unit".formatted(content.size()),
                    "scan the lot's own label")));
  }

  /** A lot, or a refusal. */
  record OneLot(Optional<LotId> lot, Optional<Floor.Outcome> refusal) {}

  private static CustodyEvent event(
      Change change, CustodyEvent.Type type, ContainerId id, List<LotQuantity> lots) {
    return change.act.event(change.plant, type, List.of(), lots).with(CustodyEvent.Detail.of(id));
  }

  private List<LotQuantity> quantities(List<LotId> lots) {
    List<LotQuantity> quantities = new ArrayList<>(lots.size());
    lots.forEach(lot -> quantities.add(new LotQuantity(lot, stock(lot).remaining())));
    return quantities;
  }

  private Container unit(ContainerId id) {
    return book.unit(id).orElseGet(() -> Container.empty(id));
  }

  private Stock stock(LotId lot) {
    return Objects.requireNonNull(book.stock.get(lot));
  }
}

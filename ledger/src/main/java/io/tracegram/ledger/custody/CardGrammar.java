package io.tracegram.ledger.custody;

import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Scanner;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The floor with action cards, late scans and weights that fit their scans. Single-threaded. */
final class CardGrammar {
  private static final long LATE_MILLIS = 24 * Benches.HOUR;
  private static final long WEIGHT_MILLIS = 10 * 60_000L;

  /** A scale is read a little before its scan is told. */
  private static final long POLL_MILLIS = 5_000L;

  private final FloorBook book;
  private final Benches benches;
  private final CardLots lots;
  private final CardOrders orders;
  private final CardSilos silos;
  private final CardUnits units;
  private final Undo undo;

  CardGrammar(FloorBook book, Benches benches) {
    this.book = book;
    this.benches = benches;
    lots = new CardLots(book, benches);
    orders = new CardOrders(book, benches);
    silos = new CardSilos(book);
    units = new CardUnits(book, benches);
    undo = new Undo(book, benches);
  }

  Benches benches() {
    return benches;
  }

  Floor.Outcome card(PlantModel plant, Act act, String text) {
    Optional<String> portal = Card.undoneAt(text);
    if (portal.isPresent()) {
      return undoneAt(plant, act, portal.get());
    }
    Optional<Card> card = Card.of(text);
    if (card.isEmpty()) {
      return new Floor.Outcome.Refused(
          "custody.unknown-card",
          act.scanner().id(),
          "there is no such action card",
          "scan one of " + Card.all());
    }
    List<Finding> findings = arrived(act);
    return with(findings, tooLate(act).orElseGet(() -> act(plant, act, card.get())));
  }

  private Floor.Outcome undoneAt(PlantModel plant, Act act, String portal) {
    Optional<Scanner> known = plant.portal(portal);
    if (known.isEmpty()) {
      return new Floor.Outcome.Refused(
          "custody.unknown-portal",
          act.scanner().id(),
          "the plant model has no portal of the id that the card names",
          "print the card anew with the portal's id, as plant.yaml has it");
    }
    Act there = new Act(known.get(), act.millis(), act.leaf());
    List<Finding> findings = arrived(act);
    return with(findings, tooLate(act).orElseGet(() -> undo.undo(there)));
  }

  private Floor.Outcome act(PlantModel plant, Act act, Card card) {
    Change change = new Change(plant, act, book, benches);
    Opened open = change.opened();
    if (card == Card.FINISH && !open.equals(Opened.NOTHING)) {
      return open.unit().isPresent() ? units.finish(change) : CardTransactions.finish(change);
    }
    boolean splits = benches.at(act.station()).isIn(Card.SPLIT);
    if (splits && card != Card.FINISH && card != Card.UNDO) {
      return new Floor.Outcome.Refused(
          "custody.split-open",
          act.station(),
          "a lot is being split at " + act.station(),
          "scan TGM:FINISH when all parts are weighed, or TGM:UNDO");
    }
    return switch (card) {
      case START -> orders.start(change);
      case FINISH -> splits ? lots.finishSplit(change) : orders.finish(change);
      case SPLIT -> lots.mode(change, card, "Split: scan the lot to split");
      case SCRAP -> lots.mode(change, card, "Scrap: scan the lot that is no longer good");
      case UNDO -> undo.undo(act);
    };
  }

  Floor.Outcome scanned(PlantModel plant, Step step) {
    List<Finding> findings = arrived(step.act());
    Optional<Floor.Outcome> late = tooLate(step.act());
    if (late.isPresent()) {
      return with(findings, late.get());
    }
    seen(plant, step).ifPresent(findings::add);
    Optional<String> scale = scale(step);
    if (scale.isEmpty() || (heedsCards(plant, step) && lots.namesLotToSplit(step))) {
      return with(findings, happen(plant, step, Optional.empty(), Optional.empty()));
    }
    Step before = book.pending.put(scale.get(), step);
    if (before != null) {
      benches.forget(before.act());
      findings.add(
          new Finding(
              "custody.weight-missed",
              before.lot().path(),
              "another lot was scanned before the scale " + scale.get() + " gave a weight",
              "the first scan counts for nothing",
              "scan it again, and wait for its weight",
              before.leaf()));
    }
    benches.took(Taken.waiting(step.act(), scale.get()));
    return new Floor.Outcome.Noted("Waits for the weight of " + scale.get(), List.of(), findings);
  }

  private static Optional<String> scale(Step step) {
    return switch (step.scanner().step()) {
      case RECEIVE, INPUT, OUTPUT, SHIP, SCRAP, FILL, DRAW -> step.scanner().scale();
      case PACK, UNPACK -> Optional.empty();
    };
  }

  /** Says whether a card at its workstation gives a scan another meaning. */
  private static boolean heedsCards(PlantModel plant, Step step) {
    // what passes a portal is not what the worker with the card means
    if (plant.portal(step.scanner().id()).isPresent()) {
      return false;
    }
    return switch (step.scanner().step()) {
      case RECEIVE, INPUT, OUTPUT, SHIP, FILL, DRAW -> true;
      case PACK, UNPACK, SCRAP -> false;
    };
  }

  /** The label of a unit, or its tag. */
  Floor.Outcome unit(PlantModel plant, Act act, ContainerId id) {
    return switch (act.scanner().step()) {
      case PACK -> inTime(plant, act, change -> units.open(change, id));
      case UNPACK -> inTime(plant, act, change -> units.unpackAll(change, id));
      case SHIP -> inTime(plant, act, change -> units.ship(change, id));
      case INPUT, SCRAP, FILL -> {
        CardUnits.OneLot stands = units.oneLot(id);
        yield stands
            .refusal()
            .orElseGet(() -> scanned(plant, new Step(act, stands.lot().orElseThrow())));
      }
      case RECEIVE, OUTPUT, DRAW ->
          new Floor.Outcome.Refused(
              "custody.unit-here",
              act.scanner().id(),
              "a logistic unit or a returnable asset is no lot",
              "scan the labels of the lots in it");
    };
  }

  /** The label of an order, a consignment or a shipment at a scanner that ships or receives. */
  Floor.Outcome transaction(PlantModel plant, Act act, BusinessTransaction transaction) {
    return inTime(plant, act, change -> CardTransactions.open(change, transaction));
  }

  private Floor.Outcome inTime(PlantModel plant, Act act, Function<Change, Floor.Outcome> meaning) {
    List<Finding> findings = arrived(act);
    return with(
        findings,
        tooLate(act).orElseGet(() -> meaning.apply(new Change(plant, act, book, benches))));
  }

  Floor.Outcome weight(PlantModel plant, Body.Weight weight) {
    List<Finding> findings = expired(weight.measuredMillis());
    Step waiting = book.pending.get(weight.scale());
    if (waiting == null || weight.measuredMillis() < waiting.millis() - POLL_MILLIS) {
      return new Floor.Outcome.Noted("", List.of(), findings);
    }
    book.pending.remove(weight.scale());
    benches.forget(waiting.act());
    if (weight.measuredMillis() - waiting.millis() > WEIGHT_MILLIS) {
      return with(
          findings,
          new Floor.Outcome.Refused(
              "custody.weight-late",
              waiting.lot().path(),
              "the weight came more than 10 minutes after the scan: it may be of other goods",
              "scan the lot again, and weigh it then"));
    }
    boolean begins = begins(waiting);
    Optional<Long> before = book.typed.entry(waiting.lot());
    if (begins) {
      book.typed.weighed(waiting.lot());
    }
    Floor.Outcome outcome =
        Floor.refuseMass(waiting, weight)
            .orElseGet(
                () ->
                    happen(
                        plant, waiting, Optional.of(weight.mass()), Optional.of(weighing(weight))));
    if (begins && outcome instanceof Floor.Outcome.Refused) {
      before.ifPresent(entry -> book.typed.lot(waiting.lot(), entry));
    }
    return with(findings, outcome);
  }

  private static Weighing weighing(Body.Weight weight) {
    return new Weighing(weight.scale(), weight.measuredMillis(), weight.mass());
  }

  /** Takes a weight that a person typed for a scan that waits for its scale. */
  Floor.Outcome typed(PlantModel plant, TypedWeight weight) {
    Optional<Step> found =
        book.pending.values().stream()
            .filter(step -> step.leaf() == weight.scan())
            .filter(step -> step.scanner().id().equals(weight.scanner()))
            .findFirst();
    if (found.isEmpty()) {
      return weight.notWaiting();
    }
    Step waiting = found.get();
    if (weight.mass().compareTo(Scales.HEAVIEST) > 0) {
      return weight.beyondScale(waiting);
    }
    book.pending.values().remove(waiting);
    benches.forget(waiting.act());
    boolean begins = begins(waiting);
    Optional<Long> before = book.typed.entry(waiting.lot());
    if (begins) {
      book.typed.lot(waiting.lot(), weight.entry());
    } else {
      book.typed.input(waiting.leaf(), weight.entry());
    }
    Floor.Outcome outcome = happen(plant, waiting, Optional.of(weight.mass()), Optional.empty());
    if (!(outcome instanceof Floor.Outcome.Refused)) {
      return with(List.of(weight.finding(waiting)), outcome);
    }
    if (begins) {
      before.ifPresentOrElse(
          entry -> book.typed.lot(waiting.lot(), entry), () -> book.typed.weighed(waiting.lot()));
    } else {
      book.typed.forgetInput(waiting.leaf());
    }
    return outcome;
  }

  /** Says whether a scan's weight is that of a lot that comes to be. */
  private boolean begins(Step step) {
    return step.scanner().step() == Scanner.Step.OUTPUT || !book.stock.containsKey(step.lot());
  }

  private Floor.Outcome happen(
      PlantModel plant, Step step, Optional<Mass> weighed, Optional<Weighing> weighing) {
    Change change = new Change(plant, step.act(), book, benches);
    weighing.ifPresent(
        told -> {
          change.weighed(told);
          if (begins(step)) {
            benches.weighed(step.lot(), told);
          }
        });
    return byCard(change, step, weighed)
        .orElseGet(
            () ->
                switch (step.scanner().step()) {
                  case RECEIVE -> lots.receive(change, step, weighed);
                  case INPUT -> orders.input(change, step, weighed);
                  case OUTPUT -> orders.output(change, step, weighed);
                  case SHIP -> lots.ship(change, step);
                  case PACK -> units.pack(change, step);
                  case UNPACK -> units.unpack(change, step);
                  case SCRAP -> lots.scrap(change, step, weighed);
                  case FILL -> silos.fill(change, step, weighed);
                  case DRAW -> silos.draw(change, step, weighed);
                });
  }

  /** What a card makes of a scan. */
  private Optional<Floor.Outcome> byCard(Change change, Step step, Optional<Mass> weighed) {
    Bench bench = benches.at(step.station());
    if (!heedsCards(change.plant, step)) {
      return Optional.empty();
    }
    if (bench.isIn(Card.SPLIT)) {
      return Optional.of(lots.split(change, step, weighed));
    }
    return bench.isIn(Card.SCRAP) && !orders.makes(step)
        ? Optional.of(lots.scrap(change, step, weighed))
        : Optional.empty();
  }

  private List<Finding> arrived(Act act) {
    List<Finding> findings = expired(act.millis());
    benches
        .scannedAfter(act)
        .ifPresent(
            last ->
                findings.add(
                    new Finding(
                        "custody.out-of-order",
                        act.scanner().id(),
                        "this scan was made %d s before one that it told earlier"
                            .formatted((last - act.millis()) / 1_000),
                        "the scan counts at its own time",
                        "look at the clock of this scanner's agent",
                        act.leaf())));
    return findings;
  }

  private List<Finding> expired(long millis) {
    List<Finding> findings = new ArrayList<>();
    for (Parked output : benches.reached(millis)) {
      findings.add(
          new Finding(
              "custody.output-without-input",
              output.step().lot().path(),
              "nothing was put into %s before this output, and 12 hours have gone by"
                  .formatted(output.step().station()),
              "the output is not on the books",
              "scan its inputs, then the output again",
              output.step().leaf()));
    }
    return findings;
  }

  private Optional<Floor.Outcome> tooLate(Act act) {
    return act.millis() < benches.plantMillis() - LATE_MILLIS
        ? Optional.of(
            new Floor.Outcome.Refused(
                "custody.too-late",
                act.scanner().id(),
                "this scan is more than 24 hours old",
                "scan the lot again if it is still here; else tell the production office"))
        : Optional.empty();
  }

  private Optional<Finding> seen(PlantModel plant, Step step) {
    return benches
        .saw(step)
        .filter(before -> !before.station().equals(step.station()))
        .filter(
            before ->
                Math.abs(before.millis() - step.millis())
                    <= 1_000L * walkSeconds(plant, before, step))
        .map(
            before ->
                new Finding(
                    "custody.two-places",
                    step.lot().path(),
                    "scanned at %s and at %s within %d seconds"
                        .formatted(
                            before.station(), step.station(), walkSeconds(plant, before, step)),
                    "both scans are judged as usual",
                    "look for a copied label",
                    step.leaf()));
  }

  private static int walkSeconds(PlantModel plant, Benches.Sighting before, Step step) {
    return plant.additions().walkSeconds(before.station(), step.station());
  }

  private static Floor.Outcome with(List<Finding> earlier, Floor.Outcome outcome) {
    if (earlier.isEmpty()) {
      return outcome;
    }
    List<Finding> all = new ArrayList<>(earlier);
    all.addAll(outcome.findings());
    return switch (outcome) {
      case Floor.Outcome.Noted noted ->
          new Floor.Outcome.Noted(noted.text(), noted.movements(), all);
      case Floor.Outcome.Happened happened ->
          new Floor.Outcome.Happened(happened.events(), happened.text(), happened.movements(), all);
      case Floor.Outcome.Refused refused ->
          new Floor.Outcome.Refused(
              refused.code(), refused.subject(), refused.reason(), refused.action(), all);
    };
  }
}

package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Feedback;
import io.tracegram.ledger.evidence.statement.Feedback.Verdict;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Scanner;
import io.tracegram.ledger.quantity.Mass;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The floor: a scanner's binding and the action cards give a scan its meaning, the next stable
 * weight of the bound scale its quantity. Single-threaded and deterministic.
 */
public final class Floor {
  private final FloorBook book;
  private final PlainGrammar plain;
  private final CardGrammar cards;
  private final PortalReads portals;
  private Grammar grammar;
  private Optional<Told> last = Optional.empty();

  /**
   * All of it; not copied.
   *
   * @param silos by id, those into which something was poured
   */
  public record State(
      Map<LotId, Stock> stock,
      Map<String, Order> running,
      Map<String, Order> orders,
      Map<String, Order> unaccounted,
      Map<String, Step> pending,
      Map<String, SiloContent> silos,
      Map<ContainerId, Container> units,
      Benches.State benches,
      TypedWeights.State typed,
      MassFlows.State flows,
      Grammar grammar) {}

  /** What a floor understands; what an earlier edition refused stays refused in its logs. */
  public enum Grammar {
    /** Lots only: an output ends its order. */
    PLAIN,
    /** Action cards too. */
    CARDS
  }

  /** What a scan or a weight brought about. */
  public sealed interface Outcome {
    /** For the person at the scanner: what happened, and what is next. */
    String text();

    List<Finding> findings();

    /** Returns the events that it is, in their order. */
    default List<CustodyEvent> events() {
      return List.of();
    }

    /** No event yet: the scan waits for its weight, or an input joined its order. */
    record Noted(String text, List<Movement> movements, List<Finding> findings) implements Outcome {
      public Noted {
        movements = List.copyOf(movements);
        findings = List.copyOf(findings);
      }
    }

    /** One custody event, or several. */
    record Happened(
        List<CustodyEvent> events, String text, List<Movement> movements, List<Finding> findings)
        implements Outcome {
      public Happened {
        events = List.copyOf(events);
        movements = List.copyOf(movements);
        findings = List.copyOf(findings);
      }
    }

    /** Not accepted; nothing changed. The findings are of earlier scans. */
    record Refused(
        String code, String subject, String reason, String action, List<Finding> findings)
        implements Outcome {
      public Refused {
        findings = List.copyOf(findings);
      }

      Refused(String code, String subject, String reason, String action) {
        this(code, subject, reason, action, List.of());
      }

      @Override
      public String text() {
        return "Refused: " + reason + " - " + action;
      }
    }

    static Outcome noted(String text) {
      return new Noted(text, List.of(), List.of());
    }
  }

  /** Goes on where a floor was when its state was taken. */
  public Floor(State state) {
    book = new FloorBook(state);
    plain = new PlainGrammar(book);
    Benches benches = new Benches(state.benches);
    cards = new CardGrammar(book, benches);
    portals = new PortalReads(book, benches, cards);
    grammar = state.grammar;
  }

  /** Starts with an empty floor. */
  public Floor() {
    this(
        new State(
            Map.of(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            Benches.State.empty(),
            TypedWeights.State.empty(),
            MassFlows.State.empty(),
            Grammar.PLAIN));
  }

  public State state() {
    return new State(
        book.stock,
        book.running,
        book.orders,
        book.unaccounted,
        book.pending,
        book.silos,
        book.units,
        cards.benches().state(),
        book.typed.state(),
        book.flows.state(),
        grammar);
  }

  /** Says whether a scanned text is that of an action card, known or not. */
  public static boolean isCard(String text) {
    return text.startsWith(Card.PREFIX);
  }

  /** From the next scan on, another grammar is in force. */
  public void follow(Grammar next) {
    grammar = next;
  }

  /** Takes a scan of any time. */
  public Outcome scan(PlantModel plant, long leaf, Body.Scan scan) {
    book.flows.at(plant, scan.scannedMillis());
    last = Optional.of(new Told(scan.scanner(), scan.scannedMillis(), leaf));
    return booked(judge(plant, leaf, scan));
  }

  private Outcome judge(PlantModel plant, long leaf, Body.Scan scan) {
    Optional<Scanner> scanner = plant.scanner(scan.scanner());
    if (scanner.isEmpty()) {
      return new Outcome.Refused(
          "custody.unknown-scanner",
          scan.scanner(),
          "the plant model has no scanner of this id",
          "add the scanner to plant.yaml, or correct agent.yaml");
    }
    Act act = new Act(scanner.get(), scan.scannedMillis(), leaf);
    if (grammar == Grammar.CARDS && isCard(scan.text())) {
      return cards.card(plant, act, scan.text());
    }
    return switch (Gs1ElementString.parse(scan.symbology(), scan.text())) {
      case Gs1ElementString.NotGs1(String reason) ->
          new Outcome.Refused(
              "custody.not-gs1", scan.scanner(), reason, "scan the lot's GS1 label");
      case Gs1ElementString.Parsed label ->
          label
              .lot()
              .map(lot -> lot(plant, new Step(act, lot)))
              .or(() -> grammar == Grammar.CARDS ? other(plant, act, label) : Optional.empty())
              .orElseGet(
                  () ->
                      new Outcome.Refused(
                          "custody.no-lot",
                          scan.scanner(),
                          "the label names neither a lot (10) nor a serial number (21) of a GTIN",
                          "scan the lot's label, not the product's"));
    };
  }

  /** A label that is on no lot: on a unit, or a transaction's. */
  private Optional<Outcome> other(PlantModel plant, Act act, Gs1ElementString.Parsed label) {
    Optional<ContainerId> unit = label.unit();
    if (unit.isPresent()) {
      return Optional.of(cards.unit(plant, act, unit.get()));
    }
    boolean trades =
        switch (act.scanner().step()) {
          case RECEIVE, SHIP -> plant.additions().places().detailed();
          case INPUT, OUTPUT, PACK, UNPACK, SCRAP, FILL, DRAW -> false;
        };
    return trades
        ? BusinessTransaction.of(label).map(known -> cards.transaction(plant, act, known))
        : Optional.empty();
  }

  /** Takes what a portal read; each tag has its own outcome, but those that were seen just now. */
  public List<Outcome> tags(PlantModel plant, long leaf, Body.TagRead read) {
    book.flows.at(plant, read.tags().getLast().seenMillis());
    last = Optional.empty();
    return switch (grammar) {
      case PLAIN -> List.of();
      case CARDS -> portals.read(plant, leaf, read).stream().map(this::booked).toList();
    };
  }

  private Outcome lot(PlantModel plant, Step step) {
    return switch (grammar) {
      case PLAIN -> plain.scanned(plant, step);
      case CARDS -> cards.scanned(plant, step);
    };
  }

  public Outcome weight(PlantModel plant, Body.Weight weight) {
    book.flows.at(plant, weight.measuredMillis());
    last = Optional.ofNullable(book.pending.get(weight.scale())).map(Told::of);
    return booked(
        switch (grammar) {
          case PLAIN -> plain.weight(plant, weight);
          case CARDS -> cards.weight(plant, weight);
        });
  }

  /** Takes a weight that was typed; it counts at the time of its scan. */
  public Outcome typed(PlantModel plant, TypedWeight weight) {
    last = Optional.empty();
    if (grammar == Grammar.PLAIN) {
      return weight.notWaiting();
    }
    last =
        book.pending.values().stream()
            .filter(step -> step.leaf() == weight.scan())
            .findFirst()
            .map(Told::of);
    last.ifPresent(told -> book.flows.at(plant, told.scannedMillis()));
    return booked(cards.typed(plant, weight));
  }

  private Outcome booked(Outcome outcome) {
    switch (outcome) {
      case Outcome.Noted noted -> noted.movements().forEach(book.flows::moved);
      case Outcome.Happened happened -> happened.movements().forEach(book.flows::moved);
      case Outcome.Refused _ -> {
        // it changed nothing
      }
    }
    return outcome;
  }

  /** Returns which scan the last outcome is about; a weight that nothing waited for has none. */
  public Optional<Told> last() {
    return last;
  }

  /** A scan that something was told of. */
  public record Told(String scanner, long scannedMillis, long leaf) {
    static Told of(Step step) {
      return new Told(step.scanner().id(), step.millis(), step.leaf());
    }

    /** Returns what an outcome means for the person who scanned. */
    public Feedback feedback(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Happened happened -> feedback(Verdict.ACCEPTED, happened.text(), "");
        case Outcome.Noted noted -> feedback(Verdict.NOTED, noted.text(), "");
        case Outcome.Refused refused -> feedback(Verdict.REFUSED, refused.text(), refused.code());
      };
    }

    private Feedback feedback(Verdict verdict, String text, String code) {
      return new Feedback(scanner, scannedMillis, leaf, verdict, Feedback.cut(text), code);
    }
  }

  /** Says whether a lot's own weight was typed by a person. */
  public boolean isTyped(LotId lot) {
    return book.typed.entry(lot).isPresent();
  }

  /** Returns what came, went and was changed of each material in whole quarters of an hour. */
  public MassBalance balance(long fromMillis, long toMillis) {
    return book.balance(fromMillis, toMillis);
  }

  public Optional<Stock> stock(LotId lot) {
    return Optional.ofNullable(book.stock.get(lot));
  }

  /** Returns the unit that a lot is in, or left in. */
  public Optional<ContainerId> unitOf(LotId lot) {
    return book.holding(lot).map(Container::id);
  }

  /** Returns all lots, the newest first, one by one: there may be a great many. */
  public Stream<Stock> newestFirst() {
    return book.stock.sequencedValues().reversed().stream();
  }

  /** Returns the number of lots, without what was in silos. */
  public long lots() {
    return book.stock.size() - book.silos.values().stream().mapToLong(SiloContent::pours).sum();
  }

  /** Returns orders that run, or ended after the last {@link #accountedThrough}. */
  public Collection<Order> unaccountedOrders() {
    return Collections.unmodifiableCollection(book.unaccounted.values());
  }

  /** Says that everything before a time is accounted, so that orders ended by then are history. */
  public void accountedThrough(long millis) {
    book.unaccounted.values().removeIf(order -> order.endMillis() <= millis);
  }

  public List<Order> runningOrders() {
    return List.copyOf(book.running.values());
  }

  public Optional<Order> order(String id) {
    return Optional.ofNullable(book.orders.get(id));
  }

  static Optional<Outcome> refuseMass(Step waiting, Body.Weight weight) {
    if (weight.mass().milligrams() <= 0) {
      return Optional.of(
          new Outcome.Refused(
              "custody.no-mass",
              waiting.lot().path(),
              "the scale " + weight.scale() + " shows " + weight.mass().kilograms() + " kg",
              "put the lot on the scale and scan it again"));
    }
    if (weight.mass().compareTo(Scales.HEAVIEST) > 0) {
      return Optional.of(
          new Outcome.Refused(
              "custody.beyond-scale",
              waiting.lot().path(),
              "the scale "
                  + weight.scale()
                  + " shows more than "
                  + Scales.HEAVIEST.kilograms()
                  + " kg",
              "check the scale's unit in its profile"));
    }
    return Optional.empty();
  }

  static Outcome outputWithoutInput(Step step) {
    return new Outcome.Refused(
        "custody.output-without-input",
        step.lot().path(),
        "nothing was put into " + step.station() + " before this output",
        "scan the inputs first; a finished order is not reopened");
  }

  /** An event about the lot of a scan. */
  static CustodyEvent event(
      PlantModel plant, CustodyEvent.Type type, Step step, List<LotQuantity> inputs, Mass mass) {
    return step.act().event(plant, type, inputs, List.of(new LotQuantity(step.lot(), mass)));
  }
}

package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Scanner;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The floor's grammar: a scanner's binding gives a scan its meaning, the next stable weight of the
 * bound scale its quantity. Single-threaded and deterministic.
 */
public final class Floor {
  /** Two weighings of the same goods may differ by a part in this many. */
  private static final long SCALE_TOLERANCE = 1_000;

  /**
   * What one scale can show at most, 100 t: keeps every product of a mass and a factor in range.
   */
  private static final Mass HEAVIEST = new Mass(100_000_000_000L);

  /** One order's result must fit into one leaf. */
  private static final int MOST_INPUTS = 150;

  private static final int MOST_ORDERS = 500;

  private final SequencedMap<LotId, Stock> stock;
  private final Map<String, Order> running;
  private final Map<String, Order> orders;
  private final Map<String, Order> unaccounted;
  private final Map<String, Pending> pending;
  private Grammar grammar;

  /** A scan that waits for the weight of its scale. */
  private record Pending(Scanner scanner, LotId lot, long millis, long leaf) {}

  /** All of it; not copied. */
  public record State(
      Map<LotId, Stock> stock,
      Map<String, Order> running,
      Map<String, Order> orders,
      Map<String, Order> unaccounted,
      Map<String, Pending> pending,
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
    /** Nothing yet: the scan waits for its weight, or an input joined its order. */
    record Noted() implements Outcome {}

    /** A custody event. */
    record Happened(CustodyEvent event) implements Outcome {}

    /** Not accepted; nothing changed. */
    record Refused(String code, String subject, String reason, String action) implements Outcome {}
  }

  /** Goes on where a floor was when its state was taken. */
  public Floor(State state) {
    this.stock = new LinkedHashMap<>(state.stock);
    this.running = state.running;
    this.orders = state.orders;
    this.unaccounted = state.unaccounted;
    this.pending = state.pending;
    this.grammar = state.grammar;
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
            Grammar.PLAIN));
  }

  public State state() {
    return new State(stock, running, orders, unaccounted, pending, grammar);
  }

  /** From the next scan on, another grammar is in force. */
  public void follow(Grammar next) {
    grammar = next;
  }

  public Outcome scan(PlantModel plant, long leaf, Body.Scan scan) {
    Optional<Scanner> scanner = plant.scanner(scan.scanner());
    if (scanner.isEmpty()) {
      return new Outcome.Refused(
          "custody.unknown-scanner",
          scan.scanner(),
          "the plant model has no scanner of this id",
          "add the scanner to plant.yaml, or correct agent.yaml");
    }
    return switch (Gs1ElementString.parse(scan.symbology(), scan.text())) {
      case Gs1ElementString.NotGs1(String reason) ->
          new Outcome.Refused(
              "custody.not-gs1", scan.scanner(), reason, "scan the lot's GS1 label");
      case Gs1ElementString.Parsed label ->
          label
              .lot()
              .map(lot -> scanned(plant, scanner.get(), lot, scan.scannedMillis(), leaf))
              .orElseGet(
                  () ->
                      new Outcome.Refused(
                          "custody.no-lot",
                          scan.scanner(),
                          "the label names neither a lot (10) nor a serial number (21) of a GTIN",
                          "scan the lot's label, not the product's"));
    };
  }

  public Outcome weight(PlantModel plant, Body.Weight weight) {
    Pending waiting = pending.remove(weight.scale());
    if (waiting == null) {
      return new Outcome.Noted();
    }
    if (weight.mass().milligrams() <= 0) {
      return new Outcome.Refused(
          "custody.no-mass",
          waiting.lot().path(),
          "the scale " + weight.scale() + " shows " + weight.mass().kilograms() + " kg",
          "put the lot on the scale and scan it again");
    }
    if (weight.mass().compareTo(HEAVIEST) > 0) {
      return new Outcome.Refused(
          "custody.beyond-scale",
          waiting.lot().path(),
          "the scale " + weight.scale() + " shows more than " + HEAVIEST.kilograms() + " kg",
          "check the scale's unit in its profile");
    }
    return happen(plant, waiting, Optional.of(weight.mass()));
  }

  public Optional<Stock> stock(LotId lot) {
    return Optional.ofNullable(stock.get(lot));
  }

  /** Returns all lots, the newest first, one by one: there may be a great many. */
  public Stream<Stock> newestFirst() {
    return stock.sequencedValues().reversed().stream();
  }

  /** Returns the number of lots. */
  public long lots() {
    return stock.size();
  }

  /** Returns orders that run, or ended after the last {@link #accountedThrough}. */
  public Collection<Order> unaccountedOrders() {
    return Collections.unmodifiableCollection(unaccounted.values());
  }

  /** Says that everything before a time is accounted, so that orders ended by then are history. */
  public void accountedThrough(long millis) {
    unaccounted.values().removeIf(order -> order.endMillis() <= millis);
  }

  public List<Order> runningOrders() {
    return List.copyOf(running.values());
  }

  public Optional<Order> order(String id) {
    return Optional.ofNullable(orders.get(id));
  }

  private Outcome scanned(PlantModel plant, Scanner scanner, LotId lot, long millis, long leaf) {
    Pending step = new Pending(scanner, lot, millis, leaf);
    if (scanner.scale().isEmpty()) {
      return happen(plant, step, Optional.empty());
    }
    pending.put(scanner.scale().get(), step);
    return new Outcome.Noted();
  }

  private Outcome happen(PlantModel plant, Pending step, Optional<Mass> weighed) {
    return switch (step.scanner().step()) {
      case RECEIVE -> receive(plant, step, weighed);
      case INPUT -> input(step, weighed);
      case OUTPUT -> output(plant, step, weighed);
      case SHIP -> ship(plant, step);
    };
  }

  private Outcome receive(PlantModel plant, Pending step, Optional<Mass> weighed) {
    Optional<Outcome> refusal = refuseNewLot(plant, step, weighed);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Mass mass = weighed.orElseThrow();
    stock.put(
        step.lot(), new Stock(step.lot(), Stock.Place.RECEIVED, mass, mass, step.millis(), ""));
    return new Outcome.Happened(event(plant, CustodyEvent.Type.RECEIVED, step, List.of(), mass));
  }

  private Outcome input(Pending step, Optional<Mass> weighed) {
    Stock lot = stock.get(step.lot());
    if (lot == null) {
      return unknownLot(step);
    }
    if (lot.remaining().milligrams() == 0) {
      return new Outcome.Refused(
          "custody.lot-used-up",
          step.lot().path(),
          "nothing is left of this lot: it is " + lot.place(),
          "check the label: a lot is consumed or shipped only once");
    }
    Mass mass = weighed.orElse(lot.remaining());
    if (exceeds(mass, lot.remaining())) {
      return new Outcome.Refused(
          "custody.beyond-stock",
          step.lot().path(),
          "%s kg weighed, but only %s kg are left of this lot"
              .formatted(mass.kilograms(), lot.remaining().kilograms()),
          "weigh again; if it is more, receive the rest as a lot of its own");
    }
    if (!exceeds(lot.remaining(), mass)) {
      mass = lot.remaining();
    }
    String station = step.scanner().workstation();
    if (running.containsKey(station)
        ? running.get(station).inputs().size() >= MOST_INPUTS
        : unaccounted.size() >= MOST_ORDERS) {
      return new Outcome.Refused(
          "custody.too-many",
          step.lot().path(),
          "an order takes at most %d inputs, and a quarter of an hour %d orders"
              .formatted(MOST_INPUTS, MOST_ORDERS),
          "finish the order first, or work in sub-lots");
    }
    Order order =
        running.getOrDefault(
            station,
            new Order(
                station + "@" + step.leaf(), station, step.millis(), Long.MAX_VALUE, List.of()));
    List<LotQuantity> inputs = new ArrayList<>(order.inputs());
    inputs.add(new LotQuantity(step.lot(), mass));
    keep(new Order(order.id(), station, order.startMillis(), Long.MAX_VALUE, inputs));
    stock.put(step.lot(), lot.withdrawn(mass, step.millis()));
    return new Outcome.Noted();
  }

  private Outcome output(PlantModel plant, Pending step, Optional<Mass> weighed) {
    Order order = running.get(step.scanner().workstation());
    if (order == null) {
      return new Outcome.Refused(
          "custody.output-without-input",
          step.lot().path(),
          "nothing was put into " + step.scanner().workstation() + " before this output",
          "scan the inputs first; a finished order is not reopened");
    }
    Optional<Outcome> refusal = refuseNewLot(plant, step, weighed);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Mass mass = weighed.orElseThrow();
    Mass in = order.inputs().stream().map(LotQuantity::mass).reduce(Mass.ZERO, Mass::plus);
    if (exceeds(mass, in)) {
      return new Outcome.Refused(
          "custody.mass-gate",
          step.lot().path(),
          "%s kg came out of %s kg put in".formatted(mass.kilograms(), in.kilograms()),
          "scan the inputs that are missing, or weigh again");
    }
    long end = Math.max(order.startMillis(), step.millis());
    keep(new Order(order.id(), order.workstation(), order.startMillis(), end, order.inputs()));
    stock.put(
        step.lot(),
        new Stock(step.lot(), Stock.Place.PRODUCED, mass, mass, step.millis(), order.id()));
    return new Outcome.Happened(
        event(plant, CustodyEvent.Type.TRANSFORMED, step, order.inputs(), mass));
  }

  private Outcome ship(PlantModel plant, Pending step) {
    Stock lot = stock.get(step.lot());
    if (lot == null) {
      return unknownLot(step);
    }
    if (lot.remaining().milligrams() == 0) {
      return new Outcome.Refused(
          "custody.lot-used-up",
          step.lot().path(),
          "nothing is left of this lot: it is " + lot.place(),
          "check the label: a lot is consumed or shipped only once");
    }
    stock.put(step.lot(), lot.shipped(step.millis()));
    return new Outcome.Happened(
        event(plant, CustodyEvent.Type.SHIPPED, step, List.of(), lot.remaining()));
  }

  /** Refuses a lot that cannot begin here: known already, of no known material, or not weighed. */
  private Optional<Outcome> refuseNewLot(PlantModel plant, Pending step, Optional<Mass> weighed) {
    if (stock.containsKey(step.lot())) {
      return Optional.of(
          new Outcome.Refused(
              "custody.lot-twice",
              step.lot().path(),
              "this lot or serial number is on the books already",
              "give each lot its own number; if it is a second scan, ignore this"));
    }
    if (plant.material(step.lot().gtin()).isEmpty()) {
      return Optional.of(
          new Outcome.Refused(
              "custody.unknown-material",
              step.lot().path(),
              "the plant model has no material with GTIN " + step.lot().gtin(),
              "add the material to plant.yaml"));
    }
    if (weighed.isEmpty()) {
      return Optional.of(
          new Outcome.Refused(
              "custody.no-scale",
              step.scanner().id(),
              "a lot begins with a weight, and this scanner is bound to no scale",
              "bind a scale to the scanner in plant.yaml"));
    }
    return Optional.empty();
  }

  private static Outcome unknownLot(Pending step) {
    return new Outcome.Refused(
        "custody.unknown-lot",
        step.lot().path(),
        "this lot was neither received nor produced here",
        "scan it at receiving first");
  }

  private void keep(Order order) {
    orders.put(order.id(), order);
    unaccounted.put(order.id(), order);
    if (order.isRunning()) {
      running.put(order.workstation(), order);
    } else {
      running.remove(order.workstation());
    }
  }

  private static boolean exceeds(Mass mass, Mass limit) {
    return mass.milligrams() - limit.milligrams() > limit.milligrams() / SCALE_TOLERANCE;
  }

  private static CustodyEvent event(
      PlantModel plant, CustodyEvent.Type type, Pending step, List<LotQuantity> inputs, Mass mass) {
    return new CustodyEvent(
        type,
        step.millis(),
        step.leaf(),
        inputs,
        List.of(new LotQuantity(step.lot(), mass)),
        step.scanner().id(),
        plant.facility() + "/" + step.scanner().workstation(),
        step.scanner().destination());
  }
}

package io.tracegram.ledger.custody;

import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Mass;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Lots and orders, as every grammar of the floor keeps them. Single-threaded. */
final class FloorBook {
  /** One order's result must fit into one leaf. */
  static final int MOST_LOTS = 150;

  static final int MOST_ORDERS = 500;

  /** So do the parts of a quarter of an hour: one for each order and meter of its workstation. */
  static final int MOST_PARTS = 400;

  final SequencedMap<LotId, Stock> stock;
  final Map<String, Order> running;
  final Map<String, Order> orders;
  final Map<String, Order> unaccounted;
  final Map<String, Step> pending;
  final Map<String, SiloContent> silos;
  final Map<ContainerId, Container> units;
  private final Map<LotId, ContainerId> holders = new HashMap<>();
  final TypedWeights typed;
  final MassFlows flows;
  private final Map<String, Mass> held = new HashMap<>(); // by GTIN

  FloorBook(Floor.State state) {
    stock = new LinkedHashMap<>(state.stock());
    stock.values().forEach(lot -> weigh(lot, 1));
    running = state.running();
    orders = state.orders();
    unaccounted = state.unaccounted();
    pending = state.pending();
    silos = state.silos();
    units = state.units();
    units.values().forEach(this::hold);
    typed = new TypedWeights(state.typed());
    flows = new MassFlows(state.flows());
  }

  /** Takes what a lot is from now on; returns what it was. */
  Optional<Stock> keep(Stock lot) {
    Optional<Stock> was = Optional.ofNullable(stock.put(lot.lot(), lot));
    weigh(lot, 1);
    was.ifPresent(before -> weigh(before, -1));
    return was;
  }

  /** Forgets a lot: it never was. */
  void forget(LotId lot) {
    Stock was = stock.remove(lot);
    if (was != null) {
      weigh(was, -1);
    }
  }

  private void weigh(Stock lot, long sign) {
    held.merge(lot.lot().gtin(), new Mass(sign * lot.remaining().milligrams()), Mass::plus);
    held.remove(lot.lot().gtin(), Mass.ZERO);
  }

  /** Balances {@code [from, to)}, both whole quarters of an hour. */
  MassBalance balance(long from, long to) {
    return flows.balance(from, to, held, running.values());
  }

  void keep(Order order) {
    flows.changed(Optional.ofNullable(orders.put(order.id(), order)), Optional.of(order));
    unaccounted.put(order.id(), order);
    if (order.isRunning()) {
      running.put(place(order), order);
    } else {
      running.computeIfPresent(
          place(order), (_, other) -> other.id().equals(order.id()) ? null : other);
    }
  }

  /** One order at a time has its workstation; what runs beside others has a place of its own. */
  private static String place(Order order) {
    return order.single() ? order.id() : order.workstation();
  }

  /** Returns the running order of one lot alone at a workstation. */
  Optional<Order> single(String station, LotId lot) {
    return running.values().stream()
        .filter(order -> order.workstation().equals(station) && order.isOnly(lot))
        .findFirst();
  }

  /** Keeps an order of no duration, which occupies no workstation. */
  void keepAtOnce(Order order) {
    flows.changed(Optional.ofNullable(orders.put(order.id(), order)), Optional.of(order));
  }

  /** Returns an order that was just opened, under an id of its own: a leaf may open several. */
  Order named(Order opened) {
    String id = opened.id();
    for (int n = 2; orders.containsKey(id); n++) {
      id = opened.id() + "." + n;
    }
    return opened.called(id);
  }

  void drop(Order order) {
    flows.changed(Optional.ofNullable(orders.remove(order.id())), Optional.empty());
    unaccounted.remove(order.id());
    running.remove(place(order), order);
  }

  Optional<Container> unit(ContainerId id) {
    return Optional.ofNullable(units.get(id));
  }

  /** Returns the unit that a lot is in, or left in. */
  Optional<Container> holding(LotId lot) {
    return Optional.ofNullable(holders.get(lot)).map(units::get);
  }

  void put(Container unit) {
    unit(unit.id()).ifPresent(before -> before.content().forEach(holders::remove));
    if (unit.content().isEmpty()) {
      units.remove(unit.id());
    } else {
      units.put(unit.id(), unit);
      hold(unit);
    }
  }

  private void hold(Container unit) {
    unit.content().forEach(lot -> holders.put(lot, unit.id()));
  }

  /** Refuses a lot that is in a unit, whatever unit it is. */
  Optional<Floor.Outcome> refuseHeld(LotId lot) {
    return holding(lot).flatMap(unit -> packed(lot, unit.id()));
  }

  static Optional<Floor.Outcome> packed(LotId lot, ContainerId unit) {
    return Optional.of(
        new Floor.Outcome.Refused(
            "custody.packed",
            lot.path(),
            "this lot is in the unit " + unit.number(),
            "scan the unit at a scanner that unpacks first; to ship it, scan the unit"));
  }

  /** Refuses a lot that cannot begin here: known already, of no known material, or not weighed. */
  Optional<Floor.Outcome> refuseNewLot(PlantModel plant, Step step, Optional<Mass> weighed) {
    if (stock.containsKey(step.lot())) {
      return Optional.of(
          new Floor.Outcome.Refused(
              "custody.lot-twice",
              step.lot().path(),
              "this lot or serial number is on the books already",
              "give each lot its own number; if it is a second scan, ignore this"));
    }
    if (plant.material(step.lot().gtin()).isEmpty()) {
      return Optional.of(
          new Floor.Outcome.Refused(
              "custody.unknown-material",
              step.lot().path(),
              "the plant model has no material with GTIN " + step.lot().gtin(),
              "add the material to plant.yaml"));
    }
    if (weighed.isEmpty()) {
      return Optional.of(
          new Floor.Outcome.Refused(
              "custody.no-scale",
              step.scanner().id(),
              "a lot begins with a weight, and this scanner is bound to no scale",
              "bind a scale to the scanner in plant.yaml"));
    }
    return Optional.empty();
  }

  /** Refuses to take from a lot that is not here, or packed. */
  Optional<Floor.Outcome> refuseTaking(Step step) {
    Stock lot = stock.get(step.lot());
    if (lot == null) {
      return Optional.of(
          new Floor.Outcome.Refused(
              "custody.unknown-lot",
              step.lot().path(),
              "this lot was neither received nor produced here",
              "scan it at receiving first"));
    }
    if (lot.remaining().milligrams() == 0) {
      return Optional.of(
          new Floor.Outcome.Refused(
              "custody.lot-used-up",
              step.lot().path(),
              "nothing is left of this lot: it is " + lot.place(),
              "check the label: a lot is consumed or shipped only once"));
    }
    // what is bound to a tote is used out of it
    return holding(step.lot()).filter(unit -> !unit.id().isReturnable()).isPresent()
        ? refuseHeld(step.lot())
        : Optional.empty();
  }

  /** Refuses more of a lot than is left. */
  static Optional<Floor.Outcome> refuseBeyond(Stock lot, Mass mass) {
    return Scales.exceeds(mass, lot.remaining())
        ? Optional.of(
            new Floor.Outcome.Refused(
                "custody.beyond-stock",
                lot.lot().path(),
                "%s kg weighed, but only %s kg are left of this lot"
                    .formatted(mass.kilograms(), lot.remaining().kilograms()),
                "weigh again; if it is more, receive the rest as a lot of its own"))
        : Optional.empty();
  }

  /** Returns what is taken where a mass was weighed: all, if the difference is the scale's. */
  static Mass taken(Stock lot, Mass weighed) {
    return Scales.exceeds(lot.remaining(), weighed) ? weighed : lot.remaining();
  }

  static Floor.Outcome tooMany(Step step) {
    return new Floor.Outcome.Refused(
        "custody.too-many",
        step.lot().path(),
        "an order takes at most %d inputs, and a quarter of an hour %d orders"
            .formatted(MOST_LOTS, MOST_ORDERS),
        "finish the order first, or work in sub-lots");
  }

  static Floor.Outcome massGate(String subject, Mass out, Mass in) {
    return new Floor.Outcome.Refused(
        "custody.mass-gate",
        subject,
        "%s kg came out of %s kg put in".formatted(out.kilograms(), in.kilograms()),
        "scan the inputs that are missing, or weigh again");
  }
}

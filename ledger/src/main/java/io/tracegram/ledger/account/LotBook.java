package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Order;
import io.tracegram.ledger.lot.Carriage;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What each lot carries: received lots by passport or secondary factor, produced lots by their
 * order and inputs, final once both are known. Single-threaded.
 */
final class LotBook {
  private final Map<String, Share> own;
  private final Map<LotId, LotAccount> accounts;
  private final Map<LotId, LotAccount.Basis> bases;
  private final Map<LotId, Carriage> carriages;
  private final Set<LotId> wanted;
  private final Map<LotId, Finished> unfinal;
  private final Map<String, Long> unpriced;
  private final Map<String, LotId> finished;

  record Finished(Order order, Mass mass) {}

  /** All of it; not copied. */
  record State(
      Map<String, Share> own,
      Map<LotId, LotAccount> accounts,
      Map<LotId, LotAccount.Basis> bases,
      Map<LotId, Carriage> carriages,
      List<LotId> wanted,
      Map<LotId, Finished> unfinal,
      Map<String, Long> unpriced,
      Map<String, LotId> finished) {}

  LotBook(State state) {
    this.own = state.own;
    this.accounts = state.accounts;
    this.bases = state.bases;
    this.carriages = state.carriages;
    this.wanted = new LinkedHashSet<>(state.wanted);
    this.unfinal = state.unfinal;
    this.unpriced = state.unpriced;
    this.finished = state.finished;
  }

  LotBook() {
    this(
        new State(
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            List.of(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>()));
  }

  State state() {
    return new State(
        own, accounts, bases, carriages, List.copyOf(wanted), unfinal, unpriced, finished);
  }

  /** Books a received lot: by its material's secondary factor, else its passport is wanted. */
  void received(PlantModel plant, LotId lot, Mass mass) {
    Optional<Co2e> secondary =
        plant
            .material(lot.gtin())
            .flatMap(PlantModel.Material::secondaryFactor)
            .map(f -> f.of(mass));
    if (secondary.isPresent()) {
      inherit(plant, lot, mass, secondary.get(), secondary.get(), LotAccount.Basis.SECONDARY);
    } else {
      wanted.add(lot);
    }
  }

  /** Books a wanted lot by its supplier's account; says whether it was wanted. */
  boolean passport(PlantModel plant, LotAccount supplier, Mass received) {
    if (!wanted.remove(supplier.lot())) {
      return false;
    }
    // a part of the lot brings its part by mass; what differs only by weighing brings the whole
    boolean part =
        supplier.mass().milligrams() - received.milligrams() > supplier.mass().milligrams() / 200;
    Carriage brought =
        new Carriage(supplier.mass(), supplier.total(), supplier.secondary())
            .withdraw(part ? received : supplier.mass())
            .part();
    inherit(
        plant,
        supplier.lot(),
        received,
        brought.co2e(),
        brought.secondary(),
        LotAccount.Basis.PASSPORT);
    return true;
  }

  void produced(LotId lot, Mass mass, Order order) {
    unfinal.put(lot, new Finished(order, mass));
  }

  /**
   * Gives an order its part of an interval.
   *
   * @param priced false if the interval lacks a factor: the order's lots then wait for it
   */
  void attribute(String order, Share share, boolean priced) {
    own.merge(order, share, Share::plus);
    if (!priced) {
      unpriced.merge(order, 1L, Long::sum);
    }
  }

  /** Takes a part back. */
  void withdraw(String order, Share share, boolean priced) {
    own.merge(order, share.times(-1), Share::plus);
    if (!priced && unpriced.merge(order, -1L, Long::sum) <= 0) {
      unpriced.remove(order);
    }
  }

  /** Returns the lots whose figure was final before their order's part of an interval changed. */
  List<LotId> late(IntervalAccount before, IntervalAccount after) {
    Set<String> orders = new LinkedHashSet<>(before.direct().keySet());
    orders.addAll(after.direct().keySet());
    return orders.stream()
        .filter(order -> !Objects.equals(before.direct().get(order), after.direct().get(order)))
        .flatMap(order -> Optional.ofNullable(finished.get(order)).stream())
        .toList();
  }

  /** Makes every lot final that can be, in the order of production; returns the new accounts. */
  List<LotAccount> finish(PlantModel plant, long closedThroughMillis) {
    List<LotAccount> done = new ArrayList<>();
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Iterator<Map.Entry<LotId, Finished>> i = unfinal.entrySet().iterator(); i.hasNext(); ) {
        Map.Entry<LotId, Finished> entry = i.next();
        Order order = entry.getValue().order();
        if (order.endMillis() <= closedThroughMillis
            && isPriced(order.id())
            && order.inputs().stream().allMatch(input -> carriages.containsKey(input.lot()))) {
          done.add(finish(plant, entry.getKey(), entry.getValue()));
          i.remove();
          progress = true;
        }
      }
    }
    return done;
  }

  Optional<LotAccount> account(LotId lot) {
    return Optional.ofNullable(accounts.get(lot));
  }

  Share own(String order) {
    return own.getOrDefault(order, Share.NONE);
  }

  /** Says whether no interval of an order lacks a factor. */
  boolean isPriced(String order) {
    return !unpriced.containsKey(order);
  }

  List<LotId> wanted() {
    return List.copyOf(wanted);
  }

  private void inherit(
      PlantModel plant,
      LotId lot,
      Mass mass,
      Co2e inherited,
      Co2e secondary,
      LotAccount.Basis basis) {
    accounts.put(
        lot,
        new LotAccount(
            lot, material(plant, lot), mass, Share.NONE, inherited, secondary, List.of()));
    bases.put(lot, basis);
    carriages.put(lot, new Carriage(mass, inherited, secondary));
  }

  private LotAccount finish(PlantModel plant, LotId lot, Finished produced) {
    List<LotAccount.Input> inputs = new ArrayList<>();
    Co2e inherited = Co2e.ZERO;
    Co2e secondary = Co2e.ZERO;
    for (LotQuantity input : produced.order().inputs()) {
      Carriage.Withdrawal withdrawal =
          Objects.requireNonNull(carriages.get(input.lot())).withdraw(input.mass());
      carriages.put(input.lot(), withdrawal.rest());
      inherited = inherited.plus(withdrawal.part().co2e());
      secondary = secondary.plus(withdrawal.part().secondary());
      inputs.add(
          new LotAccount.Input(
              input.lot(),
              material(plant, input.lot()),
              input.mass(),
              withdrawal.part().co2e(),
              Objects.requireNonNull(bases.get(input.lot()))));
    }
    LotAccount account =
        new LotAccount(
            lot,
            material(plant, lot),
            produced.mass(),
            own(produced.order().id()),
            inherited,
            secondary,
            inputs);
    accounts.put(lot, account);
    finished.put(produced.order().id(), lot);
    bases.put(lot, LotAccount.Basis.OWN);
    carriages.put(lot, new Carriage(produced.mass(), account.total(), secondary));
    return account;
  }

  private static String material(PlantModel plant, LotId lot) {
    return plant.material(lot.gtin()).map(PlantModel.Material::name).orElse(lot.gtin());
  }
}

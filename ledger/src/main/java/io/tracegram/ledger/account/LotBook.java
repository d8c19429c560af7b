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

  private record Finished(Order order, Mass mass) {}

  /** All of it; not copied. */
  record State(
      Map<String, Share> own,
      Map<LotId, LotAccount> accounts,
      Map<LotId, LotAccount.Basis> bases,
      Map<LotId, Carriage> carriages,
      List<LotId> wanted,
      Map<LotId, Finished> unfinal) {}

  LotBook(State state) {
    this.own = state.own;
    this.accounts = state.accounts;
    this.bases = state.bases;
    this.carriages = state.carriages;
    this.wanted = new LinkedHashSet<>(state.wanted);
    this.unfinal = state.unfinal;
  }

  LotBook() {
    this(
        new State(
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            List.of(),
            new LinkedHashMap<>()));
  }

  State state() {
    return new State(own, accounts, bases, carriages, List.copyOf(wanted), unfinal);
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

  void attribute(String order, Share share) {
    own.merge(order, share, Share::plus);
  }

  /** Makes every lot final that can be, in the order of production; returns the new accounts. */
  List<LotAccount> finish(PlantModel plant, long closedThroughMillis) {
    List<LotAccount> finished = new ArrayList<>();
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Iterator<Map.Entry<LotId, Finished>> i = unfinal.entrySet().iterator(); i.hasNext(); ) {
        Map.Entry<LotId, Finished> entry = i.next();
        Order order = entry.getValue().order();
        if (order.endMillis() <= closedThroughMillis
            && order.inputs().stream().allMatch(input -> carriages.containsKey(input.lot()))) {
          finished.add(finish(plant, entry.getKey(), entry.getValue()));
          i.remove();
          progress = true;
        }
      }
    }
    return finished;
  }

  Optional<LotAccount> account(LotId lot) {
    return Optional.ofNullable(accounts.get(lot));
  }

  Share own(String order) {
    return own.getOrDefault(order, Share.NONE);
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

  private LotAccount finish(PlantModel plant, LotId lot, Finished finished) {
    List<LotAccount.Input> inputs = new ArrayList<>();
    Co2e inherited = Co2e.ZERO;
    Co2e secondary = Co2e.ZERO;
    for (LotQuantity input : finished.order().inputs()) {
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
            finished.mass(),
            own(finished.order().id()),
            inherited,
            secondary,
            inputs);
    accounts.put(lot, account);
    bases.put(lot, LotAccount.Basis.OWN);
    carriages.put(lot, new Carriage(finished.mass(), account.total(), secondary));
    return account;
  }

  private static String material(PlantModel plant, LotId lot) {
    return plant.material(lot.gtin()).map(PlantModel.Material::name).orElse(lot.gtin());
  }
}

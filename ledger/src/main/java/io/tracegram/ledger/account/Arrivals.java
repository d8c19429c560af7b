package io.tracegram.ledger.account;

import io.tracegram.ledger.claim.Coverage;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Movement;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.LotGraph;
import io.tracegram.ledger.lot.Stage;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.Transport;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedSet;

/**
 * What received lots carry: by their passport, else by a declared footprint, else by a secondary
 * factor, and by the legs on which they came. Single-threaded.
 */
final class Arrivals {
  private final LotGraph graph;
  private final LotFigures figures;
  private final PrimaryBook primary;
  private final SequencedSet<LotId> wanted;
  private final Map<LotId, Taken> taken;
  private final Haulage haulage;
  private final FootprintBook footprints;

  /**
   * All of it.
   *
   * @param wanted lots whose supplier's figure is awaited
   * @param taken of each lot the newest passport that it rests on; not copied
   */
  record State(
      List<LotId> wanted,
      Map<LotId, Taken> taken,
      Haulage.State haulage,
      FootprintBook.State footprints) {}

  /**
   * What was taken of a passport.
   *
   * @param revision of the supplier's account
   * @param figures what of the account counts here
   */
  record Taken(String facility, int revision, Hash figures) {
    static Taken of(String facility, LotAccount account) {
      CborWriter out =
          new CborWriter()
              .integer(account.mass().milligrams())
              .integer(account.total().micrograms())
              .integer(account.secondary().micrograms())
              .integer(account.primaryPolicy().policy().ordinal())
              .integer(account.primaryPolicy().mixed() ? 1 : 0);
      account.claims().write(out);
      return new Taken(facility, account.revision(), Hash.sha256(out.toByteArray()));
    }

    boolean isReplacedBy(Taken next) {
      return next.facility.equals(facility)
          && next.revision > revision
          && !next.figures.equals(figures);
    }
  }

  /**
   * Goes on.
   *
   * @param graph that is told what lots carry
   * @param figures that keeps their accounts
   */
  Arrivals(State state, LotGraph graph, LotFigures figures, PrimaryBook primary) {
    this.graph = graph;
    this.figures = figures;
    this.primary = primary;
    wanted = new LinkedHashSet<>(state.wanted);
    taken = state.taken;
    haulage = new Haulage(state.haulage);
    footprints = new FootprintBook(state.footprints);
  }

  static State empty() {
    return new State(List.of(), new LinkedHashMap<>(), Haulage.empty(), FootprintBook.empty());
  }

  State state() {
    return new State(List.copyOf(wanted), taken, haulage.state(), footprints.state());
  }

  List<LotId> wanted() {
    return List.copyOf(wanted);
  }

  void want(List<LotId> lots) {
    wanted.addAll(lots);
  }

  /** Forgets a lot: it never came. */
  void forget(LotId lot) {
    wanted.remove(lot);
    taken.remove(lot);
    haulage.forget(lot);
    footprints.forget(lot);
  }

  /**
   * Books a received lot: by a declared footprint, else by its material's secondary factor. Where
   * there is no such factor, its passport is wanted; it counts more than a declared footprint.
   */
  void received(PlantModel plant, Movement.Received received) {
    LotId lot = received.lot();
    Mass mass = received.mass();
    Optional<Co2e> secondary = Works.secondary(plant, lot, mass);
    if (secondary.isEmpty()) {
      wanted.add(lot);
    }
    Optional<Burden> declared = footprints.received(received);
    if (declared.isPresent()) {
      inheritDeclared(plant, received, declared.get(), Revision.FIRST);
    } else if (secondary.isPresent()) {
      inherit(
          plant,
          new Received(lot, mass, LotAccount.Basis.SECONDARY, Revision.FIRST),
          Burden.inherited(secondary.get(), secondary.get()).plus(brought(plant, received)),
          new PrimaryPolicy(primary.newest(), false));
    }
  }

  private Burden brought(PlantModel plant, Movement.Received lot) {
    return brought(plant, lot.lot(), lot.mass(), Optional.empty());
  }

  private Burden brought(PlantModel plant, LotId lot, Mass mass, Optional<String> facility) {
    return haulage.bring(plant.additions().transport(), lot, mass, facility);
  }

  /** Returns the route by which a received lot came, if one is declared for it. */
  Optional<Transport.Route> route(LotId lot) {
    return haulage.of(lot);
  }

  private void inheritDeclared(
      PlantModel plant, Movement.Received lot, Burden declared, Revision revision) {
    inherit(
        plant,
        new Received(lot.lot(), lot.mass(), LotAccount.Basis.DECLARED, revision),
        declared.plus(brought(plant, lot)),
        // suppliers count their primary data by rules of their own
        new PrimaryPolicy(primary.newest(), true));
  }

  /**
   * Takes a supplier's declared footprint; lots that rest on something lesser are restated.
   *
   * @return why it counts for nothing, if so
   */
  Optional<String> declared(PlantModel plant, FootprintBook.Declared told) {
    FootprintBook.Outcome outcome = footprints.declare(told);
    for (FootprintBook.Rebooked rebooked : outcome.rebooked()) {
      LotId lot = rebooked.lot().lot();
      inheritDeclared(plant, rebooked.lot(), rebooked.burden(), next(lot, told.leaf()));
    }
    return outcome.refusal();
  }

  private Revision next(LotId lot, long cause) {
    return figures
        .account(Stage.first(lot))
        .flatMap(LotAccount::detail)
        .map(detail -> new Revision(detail.revision().number() + 1, -1, cause))
        .orElse(Revision.FIRST);
  }

  FootprintBook footprints() {
    return footprints;
  }

  /**
   * Says whether a supplier's account counts: its lot waits for one or, since the fourth
   * calculator, rests on an earlier revision of it with other figures.
   */
  boolean takes(String facility, LotAccount account) {
    Taken before = taken.get(account.lot());
    return wanted.contains(account.lot())
        || (figures.calculator() > 3
            && before != null
            && before.isReplacedBy(Taken.of(facility, account)));
  }

  /** Returns the revision of a supplier's account on which a lot rests, if it does. */
  OptionalInt passportRevision(String facility, LotId lot) {
    Taken before = taken.get(lot);
    return before != null && before.facility.equals(facility)
        ? OptionalInt.of(before.revision)
        : OptionalInt.empty();
  }

  /**
   * Books a lot by its supplier's account.
   *
   * @return what the supplier claims of it; empty if the account does not count
   */
  Optional<Coverage> passport(PlantModel plant, Passport told, Mass received) {
    LotAccount supplier = told.account();
    if (!takes(told.facility(), supplier)) {
      return Optional.empty();
    }
    wanted.remove(supplier.lot());
    taken.put(supplier.lot(), Taken.of(told.facility(), supplier));
    footprints.proven(supplier.lot());
    // a part of the lot brings its part by mass; what differs only by weighing brings the whole
    boolean part =
        supplier.mass().milligrams() - received.milligrams() > supplier.mass().milligrams() / 200;
    Burden whole = Burden.inherited(supplier.total(), supplier.secondary());
    inherit(
        plant,
        new Received(
            supplier.lot(), received, LotAccount.Basis.PASSPORT, next(supplier.lot(), told.leaf())),
        (part ? whole.share(received, supplier.mass()) : whole)
            .plus(brought(plant, supplier.lot(), received, Optional.of(told.facility()))),
        supplier.primaryPolicy());
    Coverage claimed =
        part ? supplier.claims().share(received, supplier.mass()) : supplier.claims();
    return Optional.of(claimed.atMost(received).toldBy(told.leaf()));
  }

  private void inherit(PlantModel plant, Received received, Burden brought, PrimaryPolicy policy) {
    LotId lot = received.lot;
    graph.carry(lot, received.mass, brought);
    figures.rests(Stage.first(lot), received.basis);
    primary.came(Stage.first(lot), policy);
    LotDetail detail =
        new LotDetail(
            received.revision, Basis.LB_ANNUAL, Burden.NONE, Burden.NONE, brought, policy);
    figures.put(
        Stage.first(lot),
        new LotAccount(
            lot, Works.material(plant, lot), received.mass, Energy.ZERO, List.of(), detail));
  }

  /** A lot that came from outside, and what its figure rests on. */
  private record Received(LotId lot, Mass mass, LotAccount.Basis basis, Revision revision) {}

  /** A supplier's account of a lot, proven, and the leaf that brought it. */
  record Passport(String facility, LotAccount account, long leaf) {}
}

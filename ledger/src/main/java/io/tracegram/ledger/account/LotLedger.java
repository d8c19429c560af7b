package io.tracegram.ledger.account;

import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.claim.ClaimBook;
import io.tracegram.ledger.claim.Coverage;
import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Movement;
import io.tracegram.ledger.custody.Order;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.lot.Absorbed;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Carriage;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.lot.Cost;
import io.tracegram.ledger.lot.LotGraph;
import io.tracegram.ledger.lot.Made;
import io.tracegram.ledger.lot.Stage;
import io.tracegram.ledger.lot.Work;
import io.tracegram.ledger.plant.Absorption;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.Sharing;
import io.tracegram.ledger.plant.Transport;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each lot carries since the third calculator: by component, with the overhead it absorbs, and
 * restated when what it rests on changes. Single-threaded.
 */
final class LotLedger {
  /** How many lots one leaf brings about at most; the next close goes on. */
  private static final int MOST_LOTS = 1_000;

  private final LotGraph graph;
  private final Map<Stage, Content> accounts;
  private final Map<Stage, LotAccount.Basis> bases;
  private final SequencedSet<LotId> wanted;
  private final Map<LotId, Long> leaves;
  private final SortedMap<Long, Content> absorptions;
  private final Map<Long, Long> absorptionLeaves;
  private final Map<Stage, Mass> scrapped;
  private final Haulage haulage;
  private final LotNumbers numbers;
  private final PrimaryBook primary;
  private final FootprintBook footprints;
  private final ClaimBook claims;
  private boolean goesOn;

  /**
   * All of it.
   *
   * @param accounts encoded
   * @param wanted lots whose supplier's figure is awaited
   * @param scrapped of each lot, apart from orders
   * @param absorptions the newest account of each closed month's overhead, by its start
   * @param goesOn whether more lots can be accounted than one leaf may bring about
   */
  record State(
      LotGraph.State graph,
      Map<Stage, Content> accounts,
      Map<Stage, LotAccount.Basis> bases,
      List<LotId> wanted,
      SortedMap<Long, Content> absorptions,
      Map<Long, Long> absorptionLeaves,
      Map<Stage, Mass> scrapped,
      Haulage.State haulage,
      LotNumbers.State numbers,
      PrimaryBook.State primary,
      FootprintBook.State footprints,
      ClaimBook.State claims,
      boolean goesOn) {}

  /**
   * Goes on.
   *
   * @param leaves that hold accounts, kept by the caller
   */
  LotLedger(State state, Map<LotId, Long> leaves) {
    graph = new LotGraph(state.graph);
    accounts = state.accounts;
    bases = state.bases;
    wanted = new LinkedHashSet<>(state.wanted);
    this.leaves = leaves;
    absorptions = state.absorptions;
    absorptionLeaves = state.absorptionLeaves;
    scrapped = state.scrapped;
    haulage = new Haulage(state.haulage);
    numbers = new LotNumbers(state.numbers);
    primary = new PrimaryBook(state.primary);
    footprints = new FootprintBook(state.footprints);
    claims = new ClaimBook(state.claims, graph);
    goesOn = state.goesOn;
  }

  static State empty() {
    return new State(
        LotGraph.empty(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        List.of(),
        new TreeMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        Haulage.empty(),
        LotNumbers.empty(),
        PrimaryBook.empty(),
        FootprintBook.empty(),
        ClaimBook.empty(),
        false);
  }

  State state() {
    return new State(
        graph.state(),
        accounts,
        bases,
        List.copyOf(wanted),
        absorptions,
        absorptionLeaves,
        scrapped,
        haulage.state(),
        numbers.state(),
        primary.state(),
        footprints.state(),
        claims.state(),
        goesOn);
  }

  /** Goes on from the books of the first two calculators. */
  void takeOver(PlantModel plant, LotBook.State old) {
    old.accounts().forEach((lot, account) -> accounts.put(Stage.first(lot), encoded(2, account)));
    old.bases().forEach((lot, basis) -> bases.put(Stage.first(lot), basis));
    wanted.addAll(old.wanted());
    old.carriages()
        .forEach((lot, carriage) -> graph.carry(lot, carriage.mass(), brought(carriage)));
    old.unfinal().forEach((lot, produced) -> worked(plant, produced.order()));
    old.own()
        .forEach(
            (order, share) -> {
              if (!old.finished().containsKey(order)) {
                graph.cost(order, cost(share, old.unpriced().getOrDefault(order, 0L)));
              }
            });
  }

  private static Burden brought(Carriage carriage) {
    return Burden.inherited(carriage.co2e(), carriage.secondary());
  }

  private static Cost cost(Share share, long unpriced) {
    return new Cost(
        share.energy(),
        new Burden(0, share.co2e().micrograms(), 0, 0, 0, 0, 0, 0, 0, 0, 0),
        0,
        unpriced,
        1,
        1);
  }

  /**
   * Books a received lot: by a declared footprint, else by its material's secondary factor. Where
   * there is no such factor, its passport is wanted; it counts more than a declared footprint.
   */
  private void received(PlantModel plant, Movement.Received received) {
    LotId lot = received.lot();
    Mass mass = received.mass();
    Optional<Co2e> secondary = secondary(plant, lot, mass);
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
    return Optional.ofNullable(accounts.get(Stage.first(lot)))
        .map(LotLedger::lot)
        .flatMap(LotAccount::detail)
        .map(detail -> new Revision(detail.revision().number() + 1, -1, cause))
        .orElse(Revision.FIRST);
  }

  FootprintBook footprints() {
    return footprints;
  }

  private static Optional<Co2e> secondary(PlantModel plant, LotId lot, Mass mass) {
    return plant
        .material(lot.gtin())
        .flatMap(PlantModel.Material::secondaryFactor)
        .map(factor -> factor.of(mass));
  }

  /** Books a wanted lot by its supplier's account; says whether it was wanted. */
  boolean passport(PlantModel plant, Passport told, Mass received) {
    LotAccount supplier = told.account();
    if (!wanted.remove(supplier.lot())) {
      return false;
    }
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
    claims
        .carried(plant, supplier.lot(), claimed.atMost(received).toldBy(told.leaf()))
        .forEach(graph::again);
    return true;
  }

  private void inherit(PlantModel plant, Received received, Burden brought, PrimaryPolicy policy) {
    LotId lot = received.lot;
    graph.carry(lot, received.mass, brought);
    bases.put(Stage.first(lot), received.basis);
    primary.came(lot, policy);
    LotDetail detail =
        new LotDetail(
            received.revision, Basis.LB_ANNUAL, Burden.NONE, Burden.NONE, brought, policy);
    accounts.put(
        Stage.first(lot),
        encoded(
            FacilityLedger.CALCULATOR,
            new LotAccount(
                lot, material(plant, lot), received.mass, Energy.ZERO, List.of(), detail)));
  }

  /** A lot that came from outside, and what its figure rests on. */
  private record Received(LotId lot, Mass mass, LotAccount.Basis basis, Revision revision) {}

  /** A supplier's account of a lot, proven, and the leaf that brought it. */
  record Passport(String facility, LotAccount account, long leaf) {}

  /** Books what a scan changed. */
  void moved(PlantModel plant, Movement movement, long millis) {
    switch (movement) {
      case Movement.Received received -> received(plant, received);
      case Movement.Worked(Order order) -> worked(plant, order);
      case Movement.Scrapped(LotId lot, Mass mass) -> scrapped(lot, mass, millis, true);
      case Movement.Corrected(Movement.Scrapped(LotId lot, Mass mass)) ->
          scrapped(lot, mass, millis, false);
      case Movement.Corrected(Movement.Received(LotId lot, Mass _, long _)) -> {
        graph.forget(lot);
        wanted.remove(lot);
        haulage.forget(lot);
        footprints.forget(lot);
        forget(Stage.first(lot));
      }
      case Movement.Shipped _, Movement.Corrected _ -> {
        // a lot carries the same wherever it is
      }
    }
    claims.moved(plant, movement).forEach(graph::again);
  }

  /** Takes what a supplier claims of material; lots that were made of it are restated. */
  void claimed(PlantModel plant, long leaf, Body.MaterialClaimed said) {
    claims.told(plant, leaf, said).forEach(graph::again);
  }

  ClaimBook claims() {
    return claims;
  }

  Coverage claims(LotId lot) {
    return claims.of(numbers.newest(lot));
  }

  private void worked(PlantModel plant, Order order) {
    Map<Stage, Mass> inputs = new LinkedHashMap<>();
    for (LotQuantity input : order.inputs()) {
      inputs.merge(new Stage(input.lot(), input.revision()), input.mass(), Mass::plus);
    }
    List<Work.Output> outputs =
        order.outputs().stream().map(output -> output(plant, order, output)).toList();
    outputs.forEach(output -> numbers.made(output.lot()));
    graph
        .work(new Work(order.id(), order.startMillis(), order.endMillis(), inputs(inputs), outputs))
        .forEach(this::unmade);
  }

  private static Work.Output output(PlantModel plant, Order order, Order.Output output) {
    Stage stage = new Stage(output.lot(), output.revision());
    if (output.kind() != Order.Kind.PRODUCT) {
      return new Work.Output(stage, output.mass(), false, treatment(plant, output), Burden.NONE, 0);
    }
    boolean byPieces =
        plant.additions().sharing().products(order.workstation()) == Sharing.Share.PIECES;
    return new Work.Output(
        stage,
        output.mass(),
        true,
        Burden.NONE,
        packaging(plant, order, output),
        byPieces && !order.isSplit() ? 1 : output.mass().milligrams());
  }

  /** What is only split, or reworked, was packed before. */
  private static Burden packaging(PlantModel plant, Order order, Order.Output output) {
    return order.isSplit() || output.revision() > 0
        ? Burden.NONE
        : Burden.packaging(plant.additions().packaging().of(output.lot().gtin(), output.mass()));
  }

  private void unmade(Stage stage) {
    forget(stage);
    claims.forget(stage);
    numbers.unmade(stage);
  }

  /** A waste's secondary factor is that of its treatment. */
  private static Burden treatment(PlantModel plant, Order.Output output) {
    return output.kind() == Order.Kind.WASTE
        ? secondary(plant, output.lot(), output.mass()).map(Burden::waste).orElse(Burden.NONE)
        : Burden.NONE;
  }

  /** What is scrapped apart from an order is a work without a product. */
  private void scrapped(LotId lot, Mass mass, long millis, boolean more) {
    Stage stage = numbers.newest(lot);
    Mass before = scrapped.getOrDefault(stage, Mass.ZERO);
    Mass all = more ? before.plus(mass) : before.minus(mass);
    scrapped.put(stage, all);
    String id = "scrap/" + lot.path() + (stage.revision() == 0 ? "" : " " + stage.revision());
    graph.work(new Work(id, millis, millis, inputs(Map.of(stage, all)), List.of()));
  }

  private static List<Work.Input> inputs(Map<Stage, Mass> masses) {
    return masses.entrySet().stream()
        .filter(input -> input.getValue().milligrams() > 0)
        .map(input -> new Work.Input(input.getKey(), input.getValue()))
        .toList();
  }

  private void forget(Stage stage) {
    accounts.remove(stage);
    bases.remove(stage);
    if (stage.revision() == 0) {
      primary.forget(stage.lot());
    }
  }

  /** Attributes an interval's costs: to orders, and to the overhead of its time. */
  void attribute(PlantModel plant, FacilityInterval interval) {
    primary.inForce(interval.startMillis(), plant.additions().primaryData());
    split(interval).forEach((cell, cost) -> attribute(interval, cell, cost));
  }

  private SortedMap<Cell, Cost> split(FacilityInterval interval) {
    return CostSplit.of(interval, primary.at(interval.startMillis()));
  }

  /** Attributes what a restatement makes different. */
  void restate(FacilityInterval before, FacilityInterval after) {
    SortedMap<Cell, Cost> now = split(after);
    split(before).forEach((cell, cost) -> now.merge(cell, Cost.NONE.minus(cost), Cost::plus));
    now.forEach((cell, cost) -> attribute(after, cell, cost));
  }

  private void attribute(FacilityInterval interval, Cell cell, Cost cost) {
    if (cost.equals(Cost.NONE)) {
      return;
    }
    if (cell.kind() == Cell.Kind.DIRECT) {
      graph.cost(cell.order(), cost);
    } else {
      graph.pool(interval.startMillis(), cost);
    }
  }

  void closedThrough(long millis) {
    graph.closedThrough(millis);
  }

  void closePeriod(PlantModel plant, long from, long to) {
    graph.closePeriod(from, to, plant.additions().absorption());
  }

  /** Says whether more lots can be accounted than the last leaf could bring about. */
  boolean isDue() {
    return goesOn;
  }

  /** Accounts lots whose figure is known now, or is another one; then the overhead of months. */
  List<Content> finish(PlantModel plant, Basis headline, long cause) {
    Absorption absorption = plant.additions().absorption();
    List<Content> results = new ArrayList<>();
    List<Made> made = graph.settle(headline, absorption, MOST_LOTS);
    goesOn = graph.isDue();
    for (Made lot : made) {
      // the figure of a lot that was reworked since is that of its newest revision
      boolean newest = !accounts.containsKey(new Stage(lot.lot(), lot.stage().revision() + 1));
      Revision revision = newest ? revision(lot, cause) : Revision.FIRST;
      LotAccount known = account(plant, lot, revision);
      bases.put(lot.stage(), LotAccount.Basis.OWN);
      if (lot.lot().isContent()) {
        // what is in a silo is in no leaf: what was drawn names it, and the pour's leaf its inputs
        continue;
      }
      Content account = encoded(FacilityLedger.CALCULATOR, known);
      accounts.put(lot.stage(), account);
      if (newest) {
        results.add(account);
      }
    }
    numbers.again().forEach(lot -> sayAgain(lot, cause, results));
    if (absorption.policy() != Absorption.Policy.NONE) {
      absorptions(absorption, cause, results);
    }
    return results;
  }

  private void absorptions(Absorption absorption, long cause, List<Content> results) {
    for (Absorbed period : graph.periods()) {
      Optional<AbsorptionAccount> before =
          Optional.ofNullable(absorptions.get(period.fromMillis())).map(LotLedger::absorption);
      if (before.map(AbsorptionAccount::absorbed).filter(period::equals).isPresent()) {
        continue;
      }
      Revision revision =
          before
              .map(
                  old ->
                      new Revision(
                          old.revision().number() + 1,
                          absorptionLeaves.getOrDefault(period.fromMillis(), -1L),
                          cause))
              .orElse(Revision.FIRST);
      Content account =
          Content.of(
              AccountCodec.encode(
                  new Account.OfAbsorption(
                      FacilityLedger.CALCULATOR,
                      new AbsorptionAccount(revision, absorption, period))));
      absorptions.put(period.fromMillis(), account);
      results.add(account);
    }
  }

  /** Rework was undone: the revision before is the lot's figure again. */
  private void sayAgain(LotId lot, long cause, List<Content> results) {
    Stage stage = numbers.newest(lot);
    Content before = accounts.get(stage);
    if (before != null && bases.get(stage) == LotAccount.Basis.OWN) {
      LotAccount old = lot(before);
      Revision revision = revision(lot, numbers.next(stage, 0, -1), cause);
      Content account =
          encoded(
              FacilityLedger.CALCULATOR,
              new LotAccount(
                  lot,
                  old.material(),
                  old.mass(),
                  old.own().energy(),
                  old.inputs(),
                  old.detail().orElseThrow().as(revision)));
      accounts.put(stage, account);
      results.add(account);
    }
  }

  private Revision revision(Made made, long cause) {
    Stage stage = made.stage();
    Stage earlier = new Stage(made.lot(), Math.max(0, stage.revision() - 1));
    int before =
        bases.get(earlier) == LotAccount.Basis.OWN
            ? lot(Objects.requireNonNull(accounts.get(earlier)))
                .detail()
                .map(detail -> detail.revision().number())
                .orElse(0)
            : -1;
    return revision(made.lot(), numbers.next(stage, made.revision(), before), cause);
  }

  private Revision revision(LotId lot, int number, long cause) {
    return number == 0
        ? Revision.FIRST
        : new Revision(number, leaves.getOrDefault(lot, -1L), cause);
  }

  private LotAccount account(PlantModel plant, Made made, Revision revision) {
    List<LotAccount.Input> inputs = new ArrayList<>();
    for (Made.Part part : made.parts()) {
      inputs.add(
          new LotAccount.Input(
              part.lot(),
              material(plant, part.lot()),
              part.mass(),
              part.burden().total(made.headline()),
              Objects.requireNonNull(bases.get(part.stage()))));
    }
    return new LotAccount(
        made.lot(),
        material(plant, made.lot()),
        made.mass(),
        made.electricity(),
        inputs,
        new LotDetail(
            revision,
            made.headline(),
            made.direct(),
            made.absorbed(),
            made.brought(),
            primary.made(
                made,
                graph.told(made.work()).orElseThrow(),
                lot -> bases.get(Stage.first(lot)) != LotAccount.Basis.SECONDARY)),
        claims.of(made.stage()));
  }

  Optional<LotAccount> account(LotId lot) {
    return Optional.ofNullable(accounts.get(numbers.newest(lot))).map(LotLedger::lot);
  }

  /** Returns what was in a silo after a pour; its inputs are those of its order. */
  Optional<LotAccount> content(PlantModel plant, LotId content, Mass mass, Basis headline) {
    return graph
        .carried(content)
        .map(
            carried ->
                new LotAccount(
                    content,
                    material(plant, content),
                    mass,
                    Energy.ZERO,
                    List.of(),
                    new LotDetail(
                        Revision.FIRST,
                        headline,
                        Burden.NONE,
                        Burden.NONE,
                        carried,
                        primary.of(content))));
  }

  /** Says whether a policy is another one than that in force. */
  boolean differs(PrimaryPolicy policy) {
    return policy.mixed() || policy.policy() != primary.newest();
  }

  /** Returns the newest accounts of closed months' overhead, oldest first. */
  List<AbsorptionAccount> absorptions() {
    return absorptions.values().stream().map(LotLedger::absorption).toList();
  }

  void written(AbsorptionAccount account, long leaf) {
    absorptionLeaves.put(account.absorbed().fromMillis(), leaf);
  }

  /** Returns what an order cost so far, without what is not known. */
  Share own(String order, Basis headline) {
    Cost cost = graph.cost(order);
    return new Share(cost.electricity(), cost.co2e().total(headline));
  }

  boolean isPriced(String order, Basis headline) {
    return graph.cost(order).isKnown(headline);
  }

  /** Returns ids of the orders that took from a lot. */
  List<String> takers(LotId lot) {
    return graph.takers(lot);
  }

  List<LotId> wanted() {
    return List.copyOf(wanted);
  }

  private static LotAccount lot(Content account) {
    return ((Account.OfLot) AccountCodec.decode(account.bytes())).account();
  }

  private static AbsorptionAccount absorption(Content account) {
    return ((Account.OfAbsorption) AccountCodec.decode(account.bytes())).account();
  }

  private static Content encoded(int version, LotAccount account) {
    return Content.of(AccountCodec.encode(new Account.OfLot(version, account)));
  }

  private static String material(PlantModel plant, LotId lot) {
    return plant.material(lot.gtin()).map(PlantModel.Material::name).orElse(lot.gtin());
  }
}

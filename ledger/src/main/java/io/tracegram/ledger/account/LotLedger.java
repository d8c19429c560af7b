package io.tracegram.ledger.account;

import io.tracegram.ledger.claim.ClaimBook;
import io.tracegram.ledger.claim.Coverage;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Movement;
import io.tracegram.ledger.custody.Order;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Carriage;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.lot.Component;
import io.tracegram.ledger.lot.Cost;
import io.tracegram.ledger.lot.LotGraph;
import io.tracegram.ledger.lot.Made;
import io.tracegram.ledger.lot.Stage;
import io.tracegram.ledger.lot.Work;
import io.tracegram.ledger.plant.Absorption;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What each lot carries since the third calculator: by component, with the overhead it absorbs, and
 * restated when what it rests on changes. Single-threaded.
 */
final class LotLedger {
  /** How many lots one leaf brings about at most; the next close goes on. */
  private static final int MOST_LOTS = 1_000;

  private final LotGraph graph;
  private final LotFigures figures;
  private final Map<LotId, Long> leaves;
  private final Map<Stage, Mass> scrapped;
  private final LotNumbers numbers;
  private final PrimaryBook primary;
  private final Arrivals arrivals;
  private final AbsorptionBook overhead;
  private final ClaimBook claims;
  private final Settlements settlements;
  private boolean goesOn;

  /**
   * All of it.
   *
   * @param scrapped of each lot, apart from orders
   * @param goesOn whether more lots can be accounted than one leaf may bring about
   */
  record State(
      LotGraph.State graph,
      LotFigures.State figures,
      Map<Stage, Mass> scrapped,
      LotNumbers.State numbers,
      PrimaryBook.State primary,
      Arrivals.State arrivals,
      AbsorptionBook.State overhead,
      ClaimBook.State claims,
      Settlements.State settlements,
      boolean goesOn) {}

  /**
   * Goes on.
   *
   * @param leaves that hold accounts, kept by the caller
   */
  LotLedger(State state, Map<LotId, Long> leaves) {
    graph = new LotGraph(state.graph);
    figures = new LotFigures(state.figures);
    this.leaves = leaves;
    scrapped = state.scrapped;
    numbers = new LotNumbers(state.numbers);
    primary = new PrimaryBook(state.primary);
    arrivals = new Arrivals(state.arrivals, graph, figures, primary);
    overhead = new AbsorptionBook(state.overhead);
    claims = new ClaimBook(state.claims, graph);
    settlements = new Settlements(state.settlements);
    goesOn = state.goesOn;
  }

  static State empty() {
    return new State(
        LotGraph.empty(),
        LotFigures.empty(),
        new LinkedHashMap<>(),
        LotNumbers.empty(),
        PrimaryBook.empty(),
        Arrivals.empty(),
        AbsorptionBook.empty(),
        ClaimBook.empty(),
        Settlements.empty(),
        false);
  }

  State state() {
    return new State(
        graph.state(),
        figures.state(),
        scrapped,
        numbers.state(),
        primary.state(),
        arrivals.state(),
        overhead.state(),
        claims.state(),
        settlements.state(),
        goesOn);
  }

  /** From the next leaf on, accounts are made by another calculator. */
  void follow(int calculator) {
    figures.follow(calculator);
    if (isMarket()) {
      claims.followThroughSilos();
    }
  }

  private boolean isMarket() {
    return figures.calculator() > 3;
  }

  /** Gives works what was market-based of an interval that the third calculator attributed. */
  void takeOver(FacilityInterval interval) {
    CostSplit.market(interval)
        .forEach(
            (cell, cost) -> {
              if (cell.kind() != Cell.Kind.DIRECT || graph.told(cell.order()).isPresent()) {
                attribute(interval.startMillis(), cell, cost);
              }
            });
  }

  /** Goes on from the books of the first two calculators. */
  void takeOver(PlantModel plant, LotBook.State old) {
    old.accounts().forEach((lot, account) -> figures.put(Stage.first(lot), 2, account));
    old.bases().forEach((lot, basis) -> figures.rests(Stage.first(lot), basis));
    arrivals.want(old.wanted());
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
        Burden.only(Component.SCOPE_2_ANNUAL, share.co2e().micrograms()),
        new Cost.Unknown(0, unpriced, 1, 1, 1, 1));
  }

  /** Books what a scan changed. */
  void moved(PlantModel plant, Movement movement, long millis) {
    switch (movement) {
      case Movement.Received received -> arrivals.received(plant, received);
      case Movement.Worked(Order order) -> worked(plant, order);
      case Movement.Scrapped(LotId lot, Mass mass) -> scrapped(lot, mass, millis, true);
      case Movement.Corrected(Movement.Scrapped(LotId lot, Mass mass)) ->
          scrapped(lot, mass, millis, false);
      case Movement.Corrected(Movement.Received(LotId lot, Mass _, long _)) -> {
        graph.forget(lot);
        arrivals.forget(lot);
        forget(Stage.first(lot));
      }
      case Movement.Shipped _, Movement.Corrected _ -> {
        // a lot carries the same wherever it is
      }
    }
    claims.moved(plant, movement).forEach(graph::again);
  }

  Arrivals arrivals() {
    return arrivals;
  }

  /** Books a lot by its supplier's account; says whether that counts. */
  boolean passport(PlantModel plant, Arrivals.Passport told, Mass received) {
    Optional<Coverage> claimed = arrivals.passport(plant, told, received);
    claimed.ifPresent(
        known -> claims.carried(plant, told.account().lot(), known).forEach(graph::again));
    return claimed.isPresent();
  }

  /** Takes what a supplier claims of material; lots that were made of it are restated. */
  void claimed(PlantModel plant, long leaf, Body.MaterialClaimed said) {
    claims.told(plant, leaf, said).forEach(graph::again);
  }

  /** Takes a claim back; lots that were made of what it covered are restated. */
  void withdrawn(PlantModel plant, long leaf, Body.ClaimWithdrawn said) {
    claims.withdrawn(plant, leaf, said).forEach(graph::again);
  }

  ClaimBook claims() {
    return claims;
  }

  Coverage claims(LotId lot) {
    return claims.of(numbers.newest(lot));
  }

  private void worked(PlantModel plant, Order order) {
    Work work = Works.of(plant, order);
    work.outputs().forEach(output -> numbers.made(output.lot()));
    graph.work(work).forEach(this::unmade);
  }

  private void unmade(Stage stage) {
    forget(stage);
    claims.forget(stage);
    numbers.unmade(stage);
  }

  private void scrapped(LotId lot, Mass mass, long millis, boolean more) {
    Stage stage = numbers.newest(lot);
    Mass before = scrapped.getOrDefault(stage, Mass.ZERO);
    Mass all = more ? before.plus(mass) : before.minus(mass);
    scrapped.put(stage, all);
    graph.work(Works.scrap(stage, all, millis));
  }

  private void forget(Stage stage) {
    figures.forget(stage);
    primary.forget(stage);
  }

  /** Attributes an interval's costs: to orders, and to the overhead of its time. */
  void attribute(PlantModel plant, FacilityInterval interval) {
    primary.inForce(interval.startMillis(), plant.additions().primaryData());
    split(interval).forEach((cell, cost) -> attribute(interval.startMillis(), cell, cost));
  }

  private SortedMap<Cell, Cost> split(FacilityInterval interval) {
    return CostSplit.of(interval, primary.at(interval.startMillis()), isMarket());
  }

  /** Attributes what a restatement makes different. */
  void restate(FacilityInterval before, FacilityInterval after) {
    SortedMap<Cell, Cost> now = split(after);
    split(before).forEach((cell, cost) -> now.merge(cell, Cost.NONE.minus(cost), Cost::plus));
    now.forEach((cell, cost) -> attribute(after.startMillis(), cell, cost));
  }

  /** Attributes what a month's market makes of provisional figures. */
  void settle(PeriodAccount month, List<FacilityInterval> intervals) {
    if (isMarket()) {
      settlements
          .settle(month, intervals)
          .forEach((cell, cost) -> attribute(month.fromMillis(), cell, cost));
    }
  }

  private void attribute(long startMillis, Cell cell, Cost cost) {
    if (cost.equals(Cost.NONE)) {
      return;
    }
    if (cell.kind() == Cell.Kind.DIRECT) {
      graph.cost(cell.order(), cost);
    } else {
      graph.pool(startMillis, cost);
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
      said(plant, lot, cause).ifPresent(results::add);
    }
    numbers.again().forEach(lot -> sayAgain(lot, cause, results));
    if (absorption.policy() != Absorption.Policy.NONE) {
      results.addAll(overhead.changed(figures.calculator(), absorption, graph.periods(), cause));
    }
    return results;
  }

  /** Keeps the account of a lot that is known now; returns it if it is to be said. */
  private Optional<Content> said(PlantModel plant, Made made, long cause) {
    Stage stage = made.stage();
    if (made.lot().isContent()) {
      // what is in a silo is in no leaf: what was drawn names it, and the pour's leaf its inputs
      policy(made);
      figures.rests(stage, LotAccount.Basis.OWN);
      return Optional.empty();
    }
    // the figure of a lot that was reworked since is that of its newest revision
    boolean newest = !figures.has(new Stage(made.lot(), stage.revision() + 1));
    Revision revision = newest ? revision(made, cause) : Revision.FIRST;
    LotAccount account = account(plant, made, revision);
    figures.rests(stage, LotAccount.Basis.OWN);
    Content encoded = figures.put(stage, account);
    return newest ? Optional.of(encoded) : Optional.empty();
  }

  /** Rework was undone: the revision before is the lot's figure again. */
  private void sayAgain(LotId lot, long cause, List<Content> results) {
    Stage stage = numbers.newest(lot);
    Optional<LotAccount> before = figures.account(stage).filter(_ -> figures.isOwn(stage));
    if (before.isPresent()) {
      LotAccount old = before.get();
      Revision revision = revision(lot, numbers.next(stage, 0, -1), cause);
      results.add(
          figures.put(
              stage,
              new LotAccount(
                  lot,
                  old.material(),
                  old.mass(),
                  old.own().energy(),
                  old.inputs(),
                  old.detail().orElseThrow().as(revision),
                  claims.of(stage))));
    }
  }

  private Revision revision(Made made, long cause) {
    Stage stage = made.stage();
    Stage earlier = new Stage(made.lot(), Math.max(0, stage.revision() - 1));
    int before =
        figures
            .account(earlier)
            .filter(_ -> figures.isOwn(earlier))
            .map(account -> account.detail().map(d -> d.revision().number()).orElse(0))
            .orElse(-1);
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
              Works.material(plant, part.lot()),
              part.mass(),
              part.burden().total(made.headline()),
              figures.basis(part.stage()).orElseThrow()));
    }
    return new LotAccount(
        made.lot(),
        Works.material(plant, made.lot()),
        made.mass(),
        made.electricity(),
        inputs,
        new LotDetail(
            revision,
            made.headline(),
            made.direct(),
            made.absorbed(),
            made.brought(),
            policy(made)),
        claims.of(made.stage()));
  }

  private PrimaryPolicy policy(Made made) {
    return primary.made(
        made,
        graph.told(made.work()).orElseThrow(),
        stage -> !figures.basis(stage).equals(Optional.of(LotAccount.Basis.SECONDARY)));
  }

  Optional<LotAccount> account(LotId lot) {
    return figures.account(numbers.newest(lot));
  }

  /** Returns what was in a silo after a pour; its inputs are those of its order. */
  Optional<LotAccount> content(PlantModel plant, LotId content, Mass mass, Basis headline) {
    return graph
        .carried(content)
        .map(
            carried ->
                new LotAccount(
                    content,
                    Works.material(plant, content),
                    mass,
                    Energy.ZERO,
                    List.of(),
                    new LotDetail(
                        Revision.FIRST,
                        headline,
                        Burden.NONE,
                        Burden.NONE,
                        carried,
                        primary.of(Stage.first(content)))));
  }

  /** Says whether a policy is another one than that in force. */
  boolean differs(PrimaryPolicy policy) {
    return policy.mixed() || policy.policy() != primary.newest();
  }

  /** Returns the newest accounts of closed months' overhead, oldest first. */
  List<AbsorptionAccount> absorptions() {
    return overhead.newest();
  }

  void written(AbsorptionAccount account, long leaf) {
    overhead.written(account, leaf);
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
    return arrivals.wanted();
  }
}

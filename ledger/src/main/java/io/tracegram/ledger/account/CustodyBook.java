package io.tracegram.ledger.account;

import io.tracegram.ledger.claim.ClaimBook;
import io.tracegram.ledger.claim.Coverage;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.Finding;
import io.tracegram.ledger.custody.Floor;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.MassBalance;
import io.tracegram.ledger.custody.Movement;
import io.tracegram.ledger.custody.Order;
import io.tracegram.ledger.custody.Stock;
import io.tracegram.ledger.custody.TypedWeight;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.Feedback;
import io.tracegram.ledger.lot.Presence;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Lots, where they are and what they carry. Single-threaded. */
final class CustodyBook {
  private final Floor floor;
  private final LotBook lots;
  private final LotLedger carried;
  private final Map<LotId, Long> accountLeaves;
  private final ProblemBook problems;
  private int edition;

  /** What the last leaf told of scans; no state. */
  private final List<Feedback> notices = new ArrayList<>();

  /** All of it; not copied. */
  record State(
      Floor.State floor,
      LotBook.State lots,
      LotLedger.State carried,
      Map<LotId, Long> accountLeaves,
      int edition) {}

  CustodyBook(State state, ProblemBook problems) {
    floor = new Floor(state.floor);
    lots = new LotBook(state.lots);
    carried = new LotLedger(state.carried, state.accountLeaves);
    accountLeaves = state.accountLeaves;
    edition = state.edition;
    this.problems = problems;
  }

  static State empty() {
    return new State(
        new Floor().state(), new LotBook().state(), LotLedger.empty(), new LinkedHashMap<>(), 1);
  }

  State state() {
    return new State(floor.state(), lots.state(), carried.state(), accountLeaves, edition);
  }

  /** From the next leaf on, another edition of the rules is in force. */
  void follow(int next, Optional<PlantModel> plant) {
    floor.follow(next > 2 ? Floor.Grammar.CARDS : Floor.Grammar.PLAIN);
    if (edition < 3 && next > 2) {
      plant.ifPresent(known -> carried.takeOver(known, lots.state()));
    }
    carried.follow(next);
    edition = next;
  }

  /** Gives lots what the third calculator left out of an interval. */
  void takeOver(FacilityInterval interval) {
    carried.takeOver(interval);
  }

  /** Takes what a month's market makes of the provisional figures of all its intervals. */
  void settle(PeriodAccount month, List<FacilityInterval> intervals) {
    carried.settle(month, intervals);
  }

  private boolean isByComponent() {
    return edition > 2;
  }

  /** Takes a scan; returns the events that it completes. */
  List<CustodyEvent> scan(PlantModel plant, long leaf, Body.Scan scan) {
    return outcome(plant, leaf, scan.scannedMillis(), floor.scan(plant, leaf, scan));
  }

  /** Takes what a portal read; returns the events that it is. */
  List<CustodyEvent> tags(PlantModel plant, long leaf, Body.TagRead read) {
    long millis = read.tags().getLast().seenMillis();
    return floor.tags(plant, leaf, read).stream()
        .flatMap(outcome -> outcome(plant, leaf, millis, outcome).stream())
        .toList();
  }

  /** Takes a weight; returns the events that it completes. */
  List<CustodyEvent> weight(PlantModel plant, long leaf, Body.Weight weight) {
    return outcome(plant, leaf, weight.measuredMillis(), floor.weight(plant, weight));
  }

  /** Takes a weight that a person typed and another approved. */
  Typed typed(PlantModel plant, long approval, TypedWeight weight, long millis) {
    Floor.Outcome outcome = floor.typed(plant, weight);
    return outcome instanceof Floor.Outcome.Refused(var _, var _, String reason, var _, var _)
        ? new Typed(outcome(plant, approval, millis, outcome), Optional.of(reason))
        : new Typed(outcome(plant, approval, millis, outcome), Optional.empty());
  }

  /** The events that a typed weight completes, or why it does not count. */
  record Typed(List<CustodyEvent> events, Optional<String> refusal) {}

  /** Begins anew to note what is told of scans. */
  void heard() {
    notices.clear();
  }

  /** Returns what was told of scans since then, in order. */
  List<Feedback> notices() {
    return List.copyOf(notices);
  }

  MassBalance balance(long fromMillis, long toMillis) {
    return floor.balance(fromMillis, toMillis);
  }

  Optional<Order> order(String id) {
    return floor.order(id);
  }

  private List<CustodyEvent> outcome(
      PlantModel plant, long leaf, long millis, Floor.Outcome outcome) {
    floor.last().ifPresent(scan -> notices.add(scan.feedback(outcome)));
    for (Finding finding : outcome.findings()) {
      problems.raise(
          finding.code(),
          finding.subject(),
          finding.reason(),
          finding.effect(),
          finding.action(),
          millis,
          1,
          finding.leaf());
    }
    return switch (outcome) {
      case Floor.Outcome.Noted noted -> {
        noted.movements().forEach(movement -> book(plant, movement, millis));
        yield List.of();
      }
      case Floor.Outcome.Happened happened -> {
        happened.movements().forEach(movement -> book(plant, movement, millis));
        yield happened.events();
      }
      case Floor.Outcome.Refused refused -> {
        problems.raise(
            refused.code(),
            refused.subject(),
            refused.reason(),
            "the scan changes nothing",
            refused.action(),
            millis,
            1,
            leaf);
        yield List.of();
      }
    };
  }

  private void book(PlantModel plant, Movement movement, long millis) {
    if (isByComponent()) {
      carried.moved(plant, movement, millis);
      weakened(millis);
      return;
    }
    switch (movement) {
      case Movement.Received(LotId lot, Mass mass, long _) -> lots.received(plant, lot, mass);
      case Movement.Worked(Order order) ->
          // the plain grammar's orders end with their one output
          order.outputs().forEach(output -> lots.produced(output.lot(), output.mass(), order));
      case Movement.Scrapped _, Movement.Shipped _, Movement.Corrected _ -> {
        // the lot's figure is its account's
      }
    }
  }

  /** Returns where orders were that run, or ended after what is accounted. */
  List<Presence> presences() {
    return floor.unaccountedOrders().stream()
        .map(
            order ->
                new Presence(
                    order.id(),
                    order.workstation(),
                    order.startMillis(),
                    order.endMillis(),
                    order.in(),
                    order.inputs().size()))
        .toList();
  }

  /** Attributes what an interval's account gives to orders. */
  void attribute(PlantModel plant, AccountCodec.Account account) {
    if (isByComponent() && account instanceof AccountCodec.Account.OfFacility(int _, var whole)) {
      carried.attribute(plant, whole);
    } else {
      attribute(IntervalBook.summary(account));
    }
  }

  private void attribute(IntervalAccount account) {
    account.direct().forEach((order, share) -> lots.attribute(order, share, account.priced()));
  }

  /** Takes back what an account gave and gives what its restatement does. */
  void restate(FacilityInterval before, FacilityInterval after, long leaf) {
    if (isByComponent()) {
      carried.restate(before, after);
    } else {
      restate(before.summary(), after.summary(), leaf);
    }
  }

  private void restate(IntervalAccount before, IntervalAccount after, long leaf) {
    before.direct().forEach((order, share) -> lots.withdraw(order, share, before.priced()));
    attribute(after);
    List<LotId> late = lots.late(before, after);
    for (LotId lot : late) {
      problems.raise(
          "lot.restated-late",
          lot.path(),
          "energy of its production was restated after its figure was final",
          "the lot keeps its figure; the difference stands in the interval's account alone",
          "see the interval's restatement, and decide whether to declare the lot anew",
          after.startMillis(),
          1,
          leaf);
    }
  }

  /** Says that everything before a time is accounted. */
  void accountedThrough(long millis) {
    floor.accountedThrough(millis);
    carried.closedThrough(millis);
  }

  void closePeriod(PlantModel plant, long from, long to) {
    carried.closePeriod(plant, from, to);
  }

  /** Says whether more lots can be accounted than the last leaf could bring about. */
  boolean isDue() {
    return carried.isDue();
  }

  /** Returns accounts of lots that are known now, or others than before. */
  List<Content> finish(PlantModel plant, Basis headline, long closedThroughMillis, long cause) {
    return isByComponent()
        ? carried.finish(plant, headline, cause)
        : lots.finish(plant, closedThroughMillis).stream()
            .map(
                lot ->
                    Content.of(AccountCodec.encode(new AccountCodec.Account.OfLot(edition, lot))))
            .toList();
  }

  /** Takes a supplier's account of a lot; says if it was wanted. */
  boolean passport(PlantModel plant, String facility, LotAccount account, Told told) {
    Optional<Mass> received = floor.stock(account.lot()).map(Stock::firstMass);
    if (received.isEmpty()
        || !(isByComponent()
            ? carried.passport(
                plant, new Arrivals.Passport(facility, account, told.leaf), received.get())
            : lots.passport(plant, account, received.get()))) {
      return false;
    }
    massDiffers(told, facility, account, received.get());
    policyDiffers(told, facility, account);
    weakened(told.millis);
    return true;
  }

  private void policyDiffers(Told told, String facility, LotAccount account) {
    if (isByComponent() && carried.differs(account.primaryPolicy())) {
      problems.raise(
          "passport.policy-differs",
          facility,
          "%s counts primary data by the policy '%s'%s"
              .formatted(
                  facility,
                  account.primaryPolicy().policy().name().toLowerCase(Locale.ROOT),
                  account.primaryPolicy().mixed() ? " and by another" : ""),
          "what is made of its lots says that its primary data share is of both policies",
          "agree on one policy with the supplier if a customer asks for it",
          told.millis,
          1,
          told.leaf);
    }
  }

  /**
   * Takes a supplier's declared footprint.
   *
   * @return why it counts for nothing, if so
   */
  Optional<String> declared(PlantModel plant, FootprintBook.Declared told, long millis) {
    if (!isByComponent()) {
      return Optional.of("declared footprints count since calculator 3");
    }
    Optional<String> refusal = carried.arrivals().declared(plant, told);
    if (refusal.isEmpty()) {
      gwpDiffers(plant, told, millis);
    }
    return refusal;
  }

  private void gwpDiffers(PlantModel plant, FootprintBook.Declared told, long millis) {
    List<String> theirs = told.footprint().gwp().stream().map(Enum::name).toList();
    Set<String> ours = plant.gwpSets();
    if (!ours.isEmpty() && ours.stream().noneMatch(theirs::contains)) {
      problems.raise(
          "footprint.gwp-differs",
          told.footprint().id(),
          "%s counts by the global warming potentials of %s, this plant's factors by those of %s"
              .formatted(
                  told.footprint().company(),
                  String.join(" and ", theirs),
                  String.join(" and ", ours)),
          "both are added as they are declared: nothing is converted",
          "ask the supplier for a footprint by the same set, or use factors of an edition by its",
          millis,
          1,
          told.leaf());
    }
  }

  /** Returns what suppliers declared, oldest first. */
  List<FootprintState> footprints() {
    return carried.arrivals().footprints().states();
  }

  /** Returns what suppliers declared under an id, oldest first. */
  List<FootprintState> footprints(String id) {
    return carried.arrivals().footprints().states(id);
  }

  /** Returns the declared footprint that a received lot rests on. */
  Optional<FootprintState> footprint(LotId lot) {
    return carried.arrivals().footprints().of(lot);
  }

  /** Takes what a supplier claims of material. */
  void claimed(PlantModel plant, Body.MaterialClaimed said, Told told) {
    if (isByComponent()) {
      carried.claimed(plant, told.leaf, said);
      weakened(told.millis);
    }
  }

  /** Takes a claim back that counts. */
  void withdrawn(PlantModel plant, Body.ClaimWithdrawn said, Told told) {
    carried.withdrawn(plant, told.leaf, said);
    weakened(told.millis);
  }

  private void weakened(long millis) {
    for (ClaimBook.Weakened weak : carried.claims().weakened()) {
      problems.raise(
          "claim.weakened",
          weak.lot().path(),
          "%s claims something of its material as %s (%s), and the chain of this lot is %s"
              .formatted(
                  weak.claim().company(),
                  word(weak.before()),
                  weak.claim().key().isPresent() ? "signed by its key" : "entered on its behalf",
                  word(weak.claim().model())),
          "the claim counts as " + word(weak.claim().model()),
          "declare 'custodyModel' in plant.yaml if it is kept apart; keep lots apart that it is"
              + " claimed of",
          millis,
          1,
          weak.claim().leaf());
    }
  }

  private static String word(CustodyModel model) {
    return model.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Returns what is claimed of a lot as it is now. */
  Coverage claims(LotId lot) {
    return carried.claims(lot);
  }

  /** Returns what is claimed of lots. */
  ClaimBook claims() {
    return carried.claims();
  }

  /** When and by which leaf something was told. */
  record Told(long leaf, long millis) {}

  private void massDiffers(Told told, String facility, LotAccount account, Mass received) {
    long difference = Math.abs(account.mass().milligrams() - received.milligrams());
    if (difference > account.mass().milligrams() / 200) {
      problems.raise(
          "passport.mass-differs",
          account.lot().path(),
          "%s says %s kg, %s kg were received"
              .formatted(facility, account.mass().kilograms(), received.kilograms()),
          "a part carries its share by mass, more than the lot carries the lot's",
          "weigh again, or ask the supplier",
          told.millis,
          1,
          told.leaf);
    }
  }

  void written(LotId lot, long leaf) {
    accountLeaves.put(lot, leaf);
  }

  void written(AbsorptionAccount month, long leaf) {
    carried.written(month, leaf);
  }

  /** Returns the newest accounts of closed months' overhead, oldest first. */
  List<AbsorptionAccount> absorptions() {
    return carried.absorptions();
  }

  List<OrderState> runningOrders(Basis headline) {
    return floor.runningOrders().stream()
        .map(
            order ->
                new OrderState(
                    order.id(),
                    order.workstation(),
                    order.startMillis(),
                    order.inputs(),
                    Optional.empty(),
                    own(order.id(), headline),
                    isPriced(order.id(), headline)))
        .toList();
  }

  private Share own(String order, Basis headline) {
    return isByComponent() ? carried.own(order, headline) : lots.own(order);
  }

  private boolean isPriced(String order, Basis headline) {
    return isByComponent() ? carried.isPriced(order, headline) : lots.isPriced(order);
  }

  /** Returns what a lot was made of and what was made of it; the latter since calculator 3. */
  LotFamily family(LotId lot) {
    return new FamilyTree(floor, carried::takers).of(lot);
  }

  List<LotState> lots(Optional<PlantModel> plant, Basis headline, LotSearch search, int limit) {
    return floor
        .newestFirst()
        .filter(search::finds)
        .limit(limit)
        .map(stock -> state(plant, headline, stock))
        .toList();
  }

  long lotCount() {
    return floor.lots();
  }

  Optional<LotState> lot(Optional<PlantModel> plant, Basis headline, LotId lot) {
    return floor.stock(lot).map(stock -> state(plant, headline, stock));
  }

  /** Says whether a supplier's account of a received lot would count. */
  boolean takes(String facility, LotAccount account) {
    return floor.stock(account.lot()).isPresent()
        && (isByComponent()
            ? carried.arrivals().takes(facility, account)
            : lots.wanted().contains(account.lot()));
  }

  /** Returns the revision of a supplier's account on which a lot rests, if it does. */
  OptionalInt passportRevision(String facility, LotId lot) {
    return carried.arrivals().passportRevision(facility, lot);
  }

  List<LotId> wanted() {
    return isByComponent() ? carried.wanted() : lots.wanted();
  }

  private LotState state(Optional<PlantModel> plant, Basis headline, Stock stock) {
    Long leaf = accountLeaves.get(stock.lot());
    Optional<LotAccount> account = account(plant, headline, stock);
    Optional<String> order = floor.order(stock.order()).map(Order::id);
    return new LotState(
        stock.lot(),
        plant
            .flatMap(model -> model.material(stock.lot().gtin()))
            .map(PlantModel.Material::name)
            .orElse(stock.lot().gtin()),
        LotState.State.of(stock.place()),
        stock.mass(),
        stock.remaining(),
        stock.sinceMillis(),
        account,
        leaf == null || account.isEmpty() ? OptionalLong.empty() : OptionalLong.of(leaf),
        order.map(id -> own(id, headline)).orElse(Share.NONE),
        account.isPresent() || order.map(id -> isPriced(id, headline)).orElse(true),
        carried.arrivals().route(stock.lot()).map(route -> new Haul(route, stock.firstMass())),
        floor.unitOf(stock.lot()),
        !floor.isTyped(stock.lot()),
        stock.typed());
  }

  private Optional<LotAccount> account(Optional<PlantModel> plant, Basis headline, Stock stock) {
    if (stock.lot().isContent()) {
      return plant.flatMap(known -> carried.content(known, stock.lot(), stock.mass(), headline));
    }
    return isByComponent() ? carried.account(stock.lot()) : lots.account(stock.lot());
  }
}

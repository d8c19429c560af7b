package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.CustodyEventCodec;
import io.tracegram.ledger.custody.Floor;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Order;
import io.tracegram.ledger.custody.Stock;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.lot.Presence;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.ledger.state.StateCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The accounts of one facility as a fold over its log. Single-threaded and deterministic: the same
 * leaves give the same results, whoever applies them.
 */
public final class FacilityLedger {
  /** One close accounts at most a day, so that what it brings about is bounded. */
  private static final long MOST_INTERVALS_PER_CLOSE = 96;

  private final Calculators calculators;
  private final KeyBook keys;
  private final PartBook parts;
  private final MeterBook meters;
  private final Floor floor;
  private final LotBook lots;
  private final IntervalBook intervals;
  private final Expectations expectations;
  private final ProblemBook problems;
  private final CurveExceptions exceptions;
  private final DeviceBook devices;
  private final List<CustodyEvent> events;
  private final Map<LotId, Long> accountLeaves;
  private final Map<Long, Long> intervalLeaves;

  private Calculator calculator;
  private Optional<PlantModel> plant;
  private OptionalLong plantMillis;
  private OptionalLong closedThrough;
  private long size;
  private long readings;
  private long agentStatements;

  /** All of it; not copied. */
  private record State(
      int calculator,
      KeyBook.State keys,
      PartBook.State parts,
      MeterBook.State meters,
      Floor.State floor,
      LotBook.State lots,
      IntervalBook.State intervals,
      Expectations.State expectations,
      ProblemBook.State problems,
      DeviceBook.State devices,
      List<CustodyEvent> events,
      Map<LotId, Long> accountLeaves,
      Map<Long, Long> intervalLeaves,
      Optional<PlantModel> plant,
      OptionalLong plantMillis,
      OptionalLong closedThrough,
      long size,
      long readings,
      long agentStatements) {}

  /** Starts before the first leaf, with every calculator that was released. */
  public FacilityLedger() {
    this(Calculators.RELEASED);
  }

  /** Starts before the first leaf. */
  public FacilityLedger(Calculators calculators) {
    this(
        calculators,
        new State(
            calculators.first().version(),
            new KeyBook().state(),
            new PartBook().state(),
            new MeterBook().state(),
            new Floor().state(),
            new LotBook().state(),
            new IntervalBook().state(),
            new Expectations().state(),
            new ProblemBook().state(),
            DeviceBook.empty(),
            new ArrayList<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            0,
            0,
            0));
  }

  private FacilityLedger(Calculators calculators, State state) {
    this.calculators = calculators;
    this.calculator = known(state.calculator);
    this.keys = new KeyBook(state.keys);
    this.parts = new PartBook(state.parts);
    this.meters = new MeterBook(state.meters);
    this.floor = new Floor(state.floor);
    this.lots = new LotBook(state.lots);
    this.intervals = new IntervalBook(state.intervals);
    this.expectations = new Expectations(state.expectations);
    this.problems = new ProblemBook(state.problems);
    this.exceptions = new CurveExceptions(problems);
    this.devices = new DeviceBook(state.devices, meters, problems);
    this.events = state.events;
    this.accountLeaves = state.accountLeaves;
    this.intervalLeaves = state.intervalLeaves;
    this.plant = state.plant;
    this.plantMillis = state.plantMillis;
    this.closedThrough = state.closedThrough;
    this.size = state.size;
    this.readings = state.readings;
    this.agentStatements = state.agentStatements;
  }

  /** Returns all that the leaves so far left behind; equal leaves give equal bytes. */
  public byte[] snapshot() {
    return StateCodec.write(
        new State(
            calculator.version(),
            keys.state(),
            parts.state(),
            meters.state(),
            floor.state(),
            lots.state(),
            intervals.state(),
            expectations.state(),
            problems.state(),
            devices.state(),
            events,
            accountLeaves,
            intervalLeaves,
            plant,
            plantMillis,
            closedThrough,
            size,
            readings,
            agentStatements));
  }

  /**
   * Goes on where a ledger was when its snapshot was taken by this same program.
   *
   * @throws MalformedException if it is no snapshot of a ledger
   */
  public static FacilityLedger restore(Calculators calculators, byte[] snapshot) {
    return new FacilityLedger(calculators, StateCodec.read(State.class, snapshot));
  }

  /**
   * Applies the next leaf, whose signature and registration the caller has verified.
   *
   * @param index of the leaf, one more than that of the leaf before
   */
  public void apply(long index, Leaf leaf) {
    if (index != size) {
      throw new IllegalArgumentException("leaf " + index + " applied after " + (size - 1));
    }
    size++;
    Statement statement = leaf.statement().statement();
    if (statement.body().kind().author() == Kind.Author.AGENT) {
      agentStatements++;
      if (!believesTime(index, leaf)) {
        return;
      }
      plantMillis = OptionalLong.of(Math.max(plantMillis.orElse(0), statement.wallMillis()));
    }
    switch (statement.body()) {
      case Body.Readings batch -> batch.series().forEach(series -> readings(index, series));
      case Body.Scan scan ->
          withPlant(
              known -> outcome(known, index, scan.scannedMillis(), floor.scan(known, index, scan)));
      case Body.Weight weight ->
          withPlant(
              known -> outcome(known, index, weight.measuredMillis(), floor.weight(known, weight)));
      case Body.DeviceStatus status -> devices.status(index, status);
      case Body.KeyRegistered registered -> keys.register(registered);
      case Body.PlantModelDeclared declared -> plant(index, declared);
      case Body.Part part -> {
        if (!parts.take(part)) {
          partsMissing(index, part.whole());
        }
      }
      case Body.IntervalClose close -> close(index, close.throughMillis());
      case Body.LotPassport passport -> passport(index, passport);
      case Body.Derived derived -> derived(index, derived);
      case Body.Calculator named -> calculator = known(named.version());
      case Body.ProductDeclared _ ->
          throw new IllegalStateException("a declaration stands in a central service's log only");
      case Body.FactorSetDeclared _,
          Body.Imported _,
          Body.ManualEntry _,
          Body.Approval _,
          Body.PeriodClose _ -> {
        // rules of the second calculator
      }
      case Body.Heartbeat _, Body.Gap _ -> {
        // their time is all they say to the accounts
      }
    }
  }

  /**
   * Returns the results that the leaves so far bring about and that have no derived leaf yet, in
   * order; the gateway signs and appends them, a verifier expects none at the end of a whole log.
   */
  public List<Body.Derived> outstanding() {
    return expectations.isEmpty() ? List.of() : expectations.outstanding();
  }

  /** Returns how many derived leaves were not what these rules give: zero in an honest log. */
  public long derivedMismatches() {
    return expectations.mismatches();
  }

  /** Returns the newest quarter of an hour that may be closed now, if it is not closed yet. */
  public OptionalLong closable() {
    if (plant.isEmpty() || closedThrough.isEmpty() || plantMillis.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong known = meters.knownThrough(plant.get(), plantMillis.getAsLong());
    if (known.isEmpty()) {
      return OptionalLong.empty();
    }
    long through =
        Math.min(
            quarter(known.getAsLong()),
            closedThrough.getAsLong() + MOST_INTERVALS_PER_CLOSE * IntervalAccount.LENGTH_MILLIS);
    return through > closedThrough.getAsLong() ? OptionalLong.of(through) : OptionalLong.empty();
  }

  public Optional<PlantModel> plant() {
    return plant;
  }

  public KeyBook keys() {
    return keys;
  }

  /** Returns the number of leaves applied: the log size every figure stands on. */
  public long size() {
    return size;
  }

  /** Returns plant time of the newest agent statement, ms since 1970 UTC. */
  public OptionalLong plantMillis() {
    return plantMillis;
  }

  /** Returns the end of the last closed interval, or the start of the first one to be closed. */
  public OptionalLong closedThroughMillis() {
    return closedThrough;
  }

  public Totals totals() {
    return intervals.totals(readings, agentStatements, size);
  }

  /** Returns closed intervals that start in {@code [fromMillis, toMillis)}, oldest first. */
  public List<IntervalAccount> intervals(long fromMillis, long toMillis) {
    return intervals.between(fromMillis, toMillis);
  }

  /** Returns the leaf that holds a closed interval's account; empty until it is written. */
  public OptionalLong intervalLeaf(long startMillis) {
    Long leaf = intervalLeaves.get(startMillis);
    return leaf == null ? OptionalLong.empty() : OptionalLong.of(leaf);
  }

  public List<MeterState> meters() {
    return plant.map(meters::states).orElse(List.of());
  }

  /** Returns open orders, oldest first. */
  public List<OrderState> runningOrders() {
    return floor.runningOrders().stream()
        .map(
            order ->
                new OrderState(
                    order.id(),
                    order.workstation(),
                    order.startMillis(),
                    order.inputs(),
                    Optional.empty(),
                    lots.own(order.id())))
        .toList();
  }

  /** Returns at most {@code limit} lots, newest first. */
  public List<LotState> lots(int limit) {
    return floor.newestFirst().limit(limit).map(this::state).toList();
  }

  /** Returns the number of lots. */
  public long lotCount() {
    return floor.lots();
  }

  public Optional<LotState> lot(LotId lot) {
    return floor.stock(lot).map(this::state);
  }

  /** Returns custody events, oldest first. */
  public List<CustodyEvent> events() {
    return List.copyOf(events);
  }

  /** Returns received lots whose figure still waits for the supplier's passport. */
  public List<LotId> passportsWanted() {
    return lots.wanted();
  }

  /** Returns what a person should know, newest first. */
  public List<LedgerProblem> problems() {
    return problems.newestFirst();
  }

  /** A time that cannot be is said and not accounted, so that no wrong clock closes the books. */
  private boolean believesTime(long index, Leaf leaf) {
    Optional<String> doubt = plant.flatMap(model -> TimeCheck.doubt(leaf, model.simulated()));
    doubt.ifPresent(
        reason ->
            problems.raise(
                "time.implausible",
                leaf.statement().statement().agent(),
                reason,
                "the statement is kept as evidence, and in no account",
                "set the agent's clock; look at its time source",
                leaf.receivedMillis(),
                1,
                index));
    return doubt.isEmpty();
  }

  private Calculator known(int version) {
    return calculators
        .version(version)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "leaf %d needs calculator %d, this program has %d: use a newer release"
                        .formatted(size - 1, version, calculators.newest().version())));
  }

  private void plant(long index, Body.PlantModelDeclared declared) {
    Optional<byte[]> whole = parts.resolve(declared.document());
    if (whole.isEmpty()) {
      partsMissing(index, ((Document.Parts) declared.document()).sha256());
      return;
    }
    PlantModel model = PlantModelCodec.decode(whole.get());
    plant = Optional.of(model);
    meters.plan(model);
  }

  private void partsMissing(long index, Hash whole) {
    problems.raise(
        "evidence.parts-missing",
        whole.hex(),
        "the parts before this leaf do not give the document",
        "it is not in force; the one before it is",
        "start the gateway again: it states its documents anew",
        plantMillis.orElse(0),
        1,
        index);
  }

  private void readings(long index, Series series) {
    readings += series.readings().size();
    boolean known =
        meters.book(
            series,
            index,
            (outcome, meter, reading) -> exceptions.tell(index, outcome, meter, reading));
    if (!known) {
      problems.raise(
          "energy.unknown-meter",
          series.meter(),
          "readings of a meter that the plant model does not have",
          "its energy is in no account",
          "add the meter to plant.yaml, or correct agent.yaml",
          series.readings().getLast().measuredMillis(),
          series.readings().size(),
          index);
      return;
    }
    if (closedThrough.isEmpty()
        && series.register().cumulative()
        && plant.map(model -> model.gridMeter().id().equals(series.meter())).orElse(false)) {
      closedThrough = OptionalLong.of(quarter(series.readings().getFirst().measuredMillis()));
    }
  }

  private void outcome(PlantModel known, long index, long millis, Floor.Outcome outcome) {
    switch (outcome) {
      case Floor.Outcome.Noted() -> {
        // waits for what follows
      }
      case Floor.Outcome.Happened(CustodyEvent event) -> {
        events.add(event);
        expect(Kind.CUSTODY_EVENT, index, 0, CustodyEventCodec.encode(event));
        book(known, event);
      }
      case Floor.Outcome.Refused(String code, String subject, String reason, String action) ->
          problems.raise(
              code, subject, reason, "the scan changes nothing", action, millis, 1, index);
    }
  }

  private void book(PlantModel known, CustodyEvent event) {
    CustodyEvent.LotQuantity lot = event.outputs().getFirst();
    switch (event.type()) {
      case RECEIVED -> lots.received(known, lot.lot(), lot.mass());
      case TRANSFORMED ->
          lots.produced(
              lot.lot(),
              lot.mass(),
              floor.stock(lot.lot()).flatMap(stock -> floor.order(stock.order())).orElseThrow());
      case SHIPPED -> {
        // the lot's figure is its account's
      }
    }
  }

  private void close(long index, long through) {
    OptionalLong newest = closable();
    if (plant.isEmpty()
        || newest.isEmpty()
        || through != quarter(through)
        || through > newest.getAsLong()
        || through <= closedThrough.orElse(Long.MAX_VALUE)) {
      problems.raise(
          "account.close-refused",
          "interval-close",
          "a close that is not a quarter of an hour, not after the last one, or too early",
          "it closes nothing",
          "check the gateway's clock and program",
          through,
          1,
          index);
      return;
    }
    PlantModel known = plant.get();
    int ordinal = 0;
    for (long start = closedThrough.orElseThrow();
        start < through;
        start += IntervalAccount.LENGTH_MILLIS) {
      IntervalAccount account = interval(known, index, start);
      expect(
          Kind.ACCOUNT,
          index,
          ordinal++,
          AccountCodec.encode(new AccountCodec.Account.OfInterval(calculator.version(), account)));
    }
    closedThrough = OptionalLong.of(through);
    floor.accountedThrough(through);
    finishLots(known, index, ordinal);
  }

  private IntervalAccount interval(PlantModel known, long index, long start) {
    long end = start + IntervalAccount.LENGTH_MILLIS;
    Calculator.Result result =
        calculator.interval(
            new Calculator.Quarter(
                known,
                start,
                end,
                meters.curves(),
                presences(),
                meters.postedLevel(known.gridMeter().id())));
    IntervalAccount account = result.account();
    known.meters().forEach(meter -> meters.posted(meter.id(), end));
    intervals.add(account);
    account.direct().forEach(lots::attribute);
    for (String meter : result.imbalanced()) {
      problems.raise(
          "energy.imbalance",
          meter,
          "the meters below it counted more than itself",
          "their energy is scaled down to it",
          "check CT ratios, wiring and the meter tree in plant.yaml",
          start,
          1,
          index);
    }
    return account;
  }

  private void finishLots(PlantModel known, long index, int firstOrdinal) {
    int ordinal = firstOrdinal;
    for (LotAccount account : lots.finish(known, closedThrough.orElse(0))) {
      expect(
          Kind.ACCOUNT,
          index,
          ordinal++,
          AccountCodec.encode(new AccountCodec.Account.OfLot(calculator.version(), account)));
    }
  }

  private void passport(long index, Body.LotPassport passport) {
    switch (PassportCheck.check(passport, keys)) {
      case PassportCheck.Verdict.Refused(String reason) ->
          problems.raise(
              "passport.refused",
              "lot-passport",
              reason,
              "the lot's inherited figure stays unknown",
              "check the supplier's keys in gateway.yaml",
              plantMillis.orElse(0),
              1,
              index);
      case PassportCheck.Verdict.Accepted(String facility, LotAccount account) ->
          withPlant(
              known -> {
                Optional<Mass> received = floor.stock(account.lot()).map(Stock::mass);
                if (received.isPresent() && lots.passport(known, account, received.get())) {
                  massDiffers(index, facility, account, received.get());
                  finishLots(known, index, 0);
                }
              });
    }
  }

  private void massDiffers(long index, String facility, LotAccount account, Mass received) {
    long difference = Math.abs(account.mass().milligrams() - received.milligrams());
    if (difference > account.mass().milligrams() / 200) {
      problems.raise(
          "passport.mass-differs",
          account.lot().path(),
          "%s says %s kg, %s kg were received"
              .formatted(facility, account.mass().kilograms(), received.kilograms()),
          "a part carries its share by mass, more than the lot carries the lot's",
          "weigh again, or ask the supplier",
          plantMillis.orElse(0),
          1,
          index);
    }
  }

  private void derived(long index, Body.Derived derived) {
    if (!expectations.meet(derived)) {
      problems.raise(
          "evidence.derived-mismatch",
          derived.kind().name(),
          "leaf " + index + " holds a result that these rules do not give",
          "the recomputed figures stand, the leaf is not believed",
          "the gateway's program or log was changed: run tracegram verify",
          plantMillis.orElse(0),
          1,
          index);
      return;
    }
    if (derived.kind() == Kind.ACCOUNT) {
      switch (AccountCodec.decode(derived.content().bytes())) {
        case AccountCodec.Account.OfLot account ->
            accountLeaves.put(account.account().lot(), index);
        case AccountCodec.Account.OfInterval account ->
            intervalLeaves.put(account.account().startMillis(), index);
      }
    }
  }

  private void expect(Kind kind, long cause, int ordinal, byte[] content) {
    expectations.expect(new Body.Derived(kind, cause, ordinal, Content.of(content)));
  }

  private List<Presence> presences() {
    return floor.unaccountedOrders().stream()
        .map(
            order ->
                new Presence(
                    order.id(), order.workstation(), order.startMillis(), order.endMillis()))
        .toList();
  }

  private LotState state(Stock stock) {
    Long leaf = accountLeaves.get(stock.lot());
    return new LotState(
        stock.lot(),
        plant
            .flatMap(model -> model.material(stock.lot().gtin()))
            .map(PlantModel.Material::name)
            .orElse(stock.lot().gtin()),
        switch (stock.place()) {
          case RECEIVED -> LotState.State.IN_STOCK;
          case PRODUCED -> LotState.State.PRODUCED;
          case CONSUMED -> LotState.State.CONSUMED;
          case SHIPPED -> LotState.State.SHIPPED;
        },
        stock.mass(),
        stock.remaining(),
        stock.sinceMillis(),
        lots.account(stock.lot()),
        leaf == null ? OptionalLong.empty() : OptionalLong.of(leaf),
        floor.order(stock.order()).map(Order::id).map(lots::own).orElse(Share.NONE));
  }

  private void withPlant(Consumer<PlantModel> use) {
    plant.ifPresent(use);
  }

  private static long quarter(long millis) {
    return Math.floorDiv(millis, IntervalAccount.LENGTH_MILLIS) * IntervalAccount.LENGTH_MILLIS;
  }
}

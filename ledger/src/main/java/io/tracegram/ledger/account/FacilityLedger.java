package io.tracegram.ledger.account;

import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.claim.Coverage;
import io.tracegram.ledger.claim.ToldClaim;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.CustodyEventCodec;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.MassBalance;
import io.tracegram.ledger.custody.Order;
import io.tracegram.ledger.custody.TypedWeight;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.ledger.energy.Origin;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.Feedback;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.ledger.state.StateCodec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The accounts of one facility as a fold over its log. Single-threaded and deterministic: the same
 * leaves give the same results, whoever applies them.
 */
public final class FacilityLedger {
  /** The newest edition of the rules. */
  public static final int CALCULATOR = 4;

  private final KeyBook keys;
  private final PartBook parts;
  private final MeterBook meters;
  private final Intervals intervals;
  private final CustodyBook custody;
  private final Expectations expectations;
  private final ProblemBook problems;
  private final SupplierIntake suppliers;
  private final DeviceBook devices;
  private final EntryBook entries;
  private final HeadBook heads;

  private Optional<PlantModel> plant;
  private OptionalLong plantMillis;
  private long size;
  private long readings;
  private long agentStatements;

  /** All of it; not copied. */
  private record State(
      KeyBook.State keys,
      PartBook.State parts,
      MeterBook.State meters,
      Intervals.State intervals,
      CustodyBook.State custody,
      Expectations.State expectations,
      ProblemBook.State problems,
      DeviceBook.State devices,
      EntryBook.State entries,
      HeadBook.State heads,
      Optional<PlantModel> plant,
      OptionalLong plantMillis,
      long size,
      long readings,
      long agentStatements) {}

  /** Starts before the first leaf. */
  public FacilityLedger() {
    this(
        new State(
            new KeyBook().state(),
            new PartBook().state(),
            new MeterBook().state(),
            Intervals.empty(),
            CustodyBook.empty(),
            new Expectations().state(),
            new ProblemBook().state(),
            DeviceBook.empty(),
            EntryBook.empty(),
            HeadBook.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            0,
            0,
            0));
  }

  private FacilityLedger(State state) {
    this.keys = new KeyBook(state.keys);
    this.parts = new PartBook(state.parts);
    this.meters = new MeterBook(state.meters);
    this.expectations = new Expectations(state.expectations);
    this.problems = new ProblemBook(state.problems);
    this.custody = new CustodyBook(state.custody, problems);
    this.intervals = new Intervals(state.intervals, meters, custody, expectations, problems);
    this.suppliers = new SupplierIntake(keys, custody, intervals, problems);
    this.devices = new DeviceBook(state.devices, meters, problems);
    this.entries = new EntryBook(state.entries, intervals, this::typed, problems);
    this.heads = new HeadBook(state.heads);
    this.plant = state.plant;
    this.plantMillis = state.plantMillis;
    this.size = state.size;
    this.readings = state.readings;
    this.agentStatements = state.agentStatements;
  }

  /** Returns all that the leaves so far left behind; equal leaves give equal bytes. */
  public byte[] snapshot() {
    return StateCodec.write(
        new State(
            keys.state(),
            parts.state(),
            meters.state(),
            intervals.state(),
            custody.state(),
            expectations.state(),
            problems.state(),
            devices.state(),
            entries.state(),
            heads.state(),
            plant,
            plantMillis,
            size,
            readings,
            agentStatements));
  }

  /**
   * Goes on where a ledger was when its snapshot was taken by this same program.
   *
   * @throws MalformedException if it is no snapshot of a ledger
   */
  public static FacilityLedger restore(byte[] snapshot) {
    return new FacilityLedger(StateCodec.read(State.class, snapshot));
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
    problems.heard();
    custody.heard();
    Statement statement = leaf.statement().statement();
    if (statement.body().kind().author() == Kind.Author.AGENT) {
      agentStatements++;
      if (!believesTime(index, leaf)) {
        return;
      }
      reached(statement.wallMillis());
    }
    switch (statement.body()) {
      case Body.Readings batch ->
          batch.series().forEach(series -> readings(index, series, Origin.METERED));
      case Body.Imported imported ->
          imported
              .series()
              .forEach(
                  series -> {
                    readings(index, series, Origin.IMPORTED);
                    reached(series.readings().getLast().measuredMillis());
                  });
      case Body.Scan scan -> withPlant(known -> happened(index, custody.scan(known, index, scan)));
      case Body.Weight weight ->
          withPlant(known -> happened(index, custody.weight(known, index, weight)));
      case Body.TagRead read ->
          withPlant(known -> happened(index, custody.tags(known, index, read)));
      case Body.DeviceStatus status -> devices.status(index, status);
      case Body.KeyRegistered registered -> keys.register(registered);
      case Body.PlantModelDeclared declared -> plant(index, declared);
      case Body.FactorSetDeclared declared ->
          whole(index, declared.document())
              .flatMap(bytes -> intervals.declare(index, bytes, plantMillis.orElse(0)))
              .ifPresent(document -> heads.declared(index, document));
      case Body.SupplierFootprint footprint -> declared(index, footprint);
      case Body.MaterialClaimed said ->
          withPlant(known -> suppliers.claimed(known, told(index), said));
      case Body.ClaimWithdrawn said ->
          withPlant(known -> suppliers.withdrawn(known, told(index), said));
      case Body.EpcisCapture capture -> {
        // kept for queries, in no account; its parts must not stay
        Optional<byte[]> unused = whole(index, capture.document());
      }
      case Body.ManualEntry entry -> entries.entered(index, entry, plantMillis.orElse(0));
      case Body.Approval approval -> entries.approved(index, approval, plantMillis.orElse(0));
      case Body.Part part -> {
        if (!parts.take(part)) {
          partsMissing(index, part.whole());
        }
      }
      case Body.IntervalClose close ->
          intervals.close(plant, plantMillis, index, close.throughMillis());
      case Body.LotPassport passport ->
          withPlant(known -> suppliers.passport(known, told(index), passport));
      case Body.Derived derived -> derived(index, derived);
      case Body.Calculator named -> intervals.follow(named.version(), plant, index);
      case Body.ProductDeclared _ ->
          throw new IllegalStateException("a declaration stands in a central service's log only");
      case Body.PeriodClose close ->
          intervals.closePeriod(index, close.fromMillis(), close.throughMillis());
      case Body.Heartbeat _, Body.Gap _ -> {
        // their time is all they say to the accounts
      }
    }
    heads.closed(index, intervals.closedThrough());
  }

  private void reached(long millis) {
    plantMillis = OptionalLong.of(Math.max(plantMillis.orElse(0), millis));
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

  /**
   * Returns through which quarter of an hour a close would account something: a new interval, or
   * one that is to be restated.
   */
  public OptionalLong closable() {
    return intervals.closable(plant, plantMillis);
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
    return intervals.closedThrough();
  }

  /** Returns how far the accounts are. */
  public LedgerHead head() {
    return new LedgerHead(size, plant, plantMillis, closedThroughMillis(), heads.stated(size));
  }

  /**
   * Returns how far the accounts were when the log had {@code pastSize} leaves; empty if it was so
   * long ago that the plant model of then is no longer known.
   *
   * @throws IllegalArgumentException if the log never had so many
   */
  public Optional<LedgerHead> headAt(long pastSize) {
    if (pastSize < 0 || pastSize > size) {
      throw new IllegalArgumentException(
          "a log of " + size + " leaves has no past of " + pastSize + " leaves");
    }
    return pastSize == size ? Optional.of(head()) : heads.at(pastSize);
  }

  public Totals totals() {
    return intervals.totals(readings, agentStatements, size);
  }

  /** Returns closed intervals that start in {@code [fromMillis, toMillis)}, oldest first. */
  public List<IntervalAccount> intervals(long fromMillis, long toMillis) {
    return intervals.book().between(fromMillis, toMillis);
  }

  /**
   * Returns whole accounts of closed intervals that start in {@code [fromMillis, toMillis)}, oldest
   * first; those of the first calculator have none.
   */
  public List<FacilityInterval> facilityIntervals(long fromMillis, long toMillis) {
    return intervals.book().facilityIntervals(fromMillis, toMillis);
  }

  /**
   * Returns the accounts of closed intervals that start in {@code [fromMillis, toMillis)}, oldest
   * first and not decoded: quickly handed to another thread that reads them.
   */
  public List<StoredInterval> storedIntervals(long fromMillis, long toMillis) {
    return intervals.book().stored(fromMillis, toMillis);
  }

  /** Returns the leaf that holds a closed interval's account; empty until it is written. */
  public OptionalLong intervalLeaf(long startMillis) {
    return intervals.book().leaf(startMillis);
  }

  /** Returns closed months, oldest first. */
  public List<ClosedPeriod> periods() {
    return intervals.periods().closed();
  }

  /** Returns closed months that hold a part of {@code [fromMillis, toMillis)}, oldest first. */
  public List<StoredPeriod> storedPeriods(long fromMillis, long toMillis) {
    return intervals.periods().between(fromMillis, toMillis);
  }

  /** Returns the closed month that holds an instant. */
  public Optional<ClosedPeriod> period(long millis) {
    return intervals.periods().at(millis);
  }

  /** Returns the latest month that is closed. */
  public Optional<ClosedPeriod> newestPeriod() {
    return intervals.periods().newest();
  }

  /** Returns the start of the oldest interval in no closed month. */
  public OptionalLong firstOpenInterval() {
    return intervals.periods().firstOpen();
  }

  /** Returns the instruments that the facility holds; empty if none were ever declared. */
  public Optional<InstrumentPortfolio> instruments() {
    return intervals.instruments();
  }

  /** Says whether these are the instruments that the facility holds already. */
  public boolean holds(InstrumentPortfolio portfolio) {
    return intervals.holds(portfolio);
  }

  /** Says whether every slot of a series is declared already, with exactly its value. */
  public boolean holds(IntensitySeries series) {
    return intervals.intensities().holds(series);
  }

  /** Returns why a series would be refused if it were declared now. */
  public Optional<String> refusal(IntensitySeries series) {
    return intervals.intensities().refusal(series);
  }

  /** Returns what was declared last of a series of intensities, without its slots. */
  public Optional<IntensitySeries> intensity(String id) {
    return intervals.intensities().told(id);
  }

  public List<MeterState> meters() {
    return plant.map(intervals::meters).orElse(List.of());
  }

  /** Returns open orders, oldest first. */
  public List<OrderState> runningOrders() {
    return custody.runningOrders(headline());
  }

  /** Returns at most {@code limit} lots, newest first. */
  public List<LotState> lots(int limit) {
    return lots(LotSearch.ALL, limit);
  }

  /** Returns at most {@code limit} lots that a search finds, newest first. */
  public List<LotState> lots(LotSearch search, int limit) {
    return custody.lots(plant, headline(), search, limit);
  }

  /** Returns what a lot was made of and what was made of it; empty lists for an unknown one. */
  public LotFamily family(LotId lot) {
    return custody.family(lot);
  }

  /** Returns the number of lots. */
  public long lotCount() {
    return custody.lotCount();
  }

  public Optional<LotState> lot(LotId lot) {
    return custody.lot(plant, headline(), lot);
  }

  /** Returns the newest accounts of closed months' overhead, oldest first. */
  public List<AbsorptionAccount> absorptions() {
    return custody.absorptions();
  }

  private Basis headline() {
    return plant.map(intervals::headline).orElse(Basis.LB_ANNUAL);
  }

  /** Returns the footprints that suppliers declared, oldest first. */
  public List<FootprintState> footprints() {
    return custody.footprints();
  }

  /** Returns the footprints that suppliers declared under an id, oldest first. */
  public List<FootprintState> footprints(String id) {
    return custody.footprints(id);
  }

  /** Returns what suppliers claim of materials, by leaf, oldest first. */
  public SortedMap<Long, ToldClaim> claims() {
    return new TreeMap<>(custody.claims().told().all());
  }

  /** Returns what is claimed of a lot's material. */
  public Coverage claims(LotId lot) {
    return custody.claims(lot);
  }

  /** Returns the declared footprint that a received lot rests on. */
  public Optional<FootprintState> footprint(LotId lot) {
    return custody.footprint(lot);
  }

  /** Returns the bytes that a document of the next leaf has; empty if its parts do not give it. */
  public Optional<byte[]> document(Document document) {
    return parts.peek(document);
  }

  /** Returns received lots whose figure still waits for the supplier's passport. */
  public List<LotId> passportsWanted() {
    return custody.wanted();
  }

  /**
   * Says whether a supplier's proven account would count if it were logged now: its lot waits for
   * one, or rests on an earlier revision of it with other figures.
   */
  public boolean takesPassport(String facility, LotAccount account) {
    return custody.takes(facility, account);
  }

  /** Returns the revision of a supplier's account on which a received lot rests, if it does. */
  public OptionalInt passportRevision(String facility, LotId lot) {
    return custody.passportRevision(facility, lot);
  }

  /** Returns what a person should know, newest first. */
  public List<LedgerProblem> problems() {
    return problems.newestFirst();
  }

  /** Returns each problem that the last leaf raised, by itself, in order. */
  public List<LedgerProblem> raised() {
    return problems.raised();
  }

  /** Returns what the last leaf told of scans, in order. */
  public List<Feedback> notices() {
    return custody.notices();
  }

  /**
   * Balances what came, went and was changed of each material in {@code [from, to)}.
   *
   * @throws IllegalArgumentException if one of them is no whole quarter of an hour
   */
  public MassBalance balance(long fromMillis, long toMillis) {
    return custody.balance(fromMillis, toMillis);
  }

  /** Returns an order that runs or ended. */
  public Optional<Order> order(String id) {
    return custody.order(id);
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

  private Optional<byte[]> whole(long index, Document document) {
    Optional<byte[]> whole = parts.resolve(document);
    if (whole.isEmpty()) {
      partsMissing(index, ((Document.Parts) document).sha256());
    }
    return whole;
  }

  private void plant(long index, Body.PlantModelDeclared declared) {
    whole(index, declared.document())
        .map(PlantModelCodec::decode)
        .ifPresent(
            model -> {
              plant = Optional.of(model);
              heads.declared(index, model);
              meters.plan(model);
              intervals.plan(model, index);
            });
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

  private void readings(long index, Series series, Origin origin) {
    readings += series.readings().size();
    if (!meters.knows(series.meter())) {
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
    meters.read(series, index);
    withPlant(known -> intervals.book(known, series, origin, index));
  }

  private void happened(long index, List<CustodyEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      expectations.expect(
          new Body.Derived(
              Kind.CUSTODY_EVENT, index, i, Content.of(CustodyEventCodec.encode(events.get(i)))));
    }
  }

  private Optional<String> typed(TypedWeight weight, long approval) {
    if (plant.isEmpty()) {
      return Optional.of("there is no plant model yet");
    }
    CustodyBook.Typed typed = custody.typed(plant.get(), approval, weight, plantMillis.orElse(0));
    happened(approval, typed.events());
    return typed.refusal();
  }

  private void declared(long index, Body.SupplierFootprint said) {
    // its parts must not stay, whatever becomes of it
    Optional<byte[]> document = whole(index, said.document());
    if (document.isPresent()) {
      withPlant(known -> suppliers.declared(known, told(index), said, document.get()));
    }
  }

  private CustodyBook.Told told(long index) {
    return new CustodyBook.Told(index, plantMillis.orElse(0));
  }

  /** Returns why a claim would be refused if it were told now. */
  public Optional<String> refusal(Body.MaterialClaimed said) {
    return plant.flatMap(known -> suppliers.refusal(known, said));
  }

  /** Returns why a withdrawal would be refused if it were told now. */
  public Optional<String> refusal(Body.ClaimWithdrawn said) {
    return plant.flatMap(known -> suppliers.refusal(known, said));
  }

  /** Returns why the signature of a footprint would be refused if it were declared now. */
  public Optional<String> refusal(Body.SupplierFootprint said, byte[] document) {
    return plant.flatMap(known -> SupplierIntake.refusal(known, said, document));
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
      written(derived.content(), index);
    }
  }

  private void written(Content account, long leaf) {
    OptionalLong interval = AccountCodec.intervalStart(account.bytes());
    if (interval.isPresent()) {
      intervals.book().written(interval.getAsLong(), account, leaf);
      return;
    }
    switch (AccountCodec.decode(account.bytes())) {
      case Account.OfLot(int _, LotAccount lot) -> custody.written(lot.lot(), leaf);
      case Account.OfPeriod(int _, PeriodAccount month) ->
          intervals.periods().written(month.fromMillis(), account, leaf);
      case Account.OfAbsorption(int _, AbsorptionAccount month) -> custody.written(month, leaf);
      case Account.OfInterval _, Account.OfFacility _ -> {
        // noted above
      }
    }
  }

  private void withPlant(Consumer<PlantModel> use) {
    plant.ifPresent(use);
  }
}

package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorDocumentCodec;
import io.tracegram.ledger.emission.FactorQuality;
import io.tracegram.ledger.emission.Instrument;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.ledger.emission.QualityCriterion;
import io.tracegram.ledger.emission.Scope2Policy;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.ledger.plant.Additions;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.ledger.quantity.Energy;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A real ledger over a log in memory: a plant with a grid connection, a roof, and three meters
 * below, whose hour can be computed by hand. Thread-safe.
 *
 * <p>Every quarter of an hour 8 kWh come from the grid and 2 kWh from the roof; 5 go to the
 * furnace, 4 of them to its burner, 3 to the press, and 2 are on no meter.
 */
final class LedgerPlant implements LedgerReadModel.Accounts, LedgerReadModel.Surroundings {
  static final long START = Instant.parse("2026-03-02T08:00:00Z").toEpochMilli();
  static final long QUARTER = 900_000;

  private static final Map<String, Long> KILOWATT_HOURS =
      Map.of("main", 8L, "roof", 2L, "furnace", 5L, "burner", 4L, "press", 3L);

  private final FacilityLedger ledger = new FacilityLedger();
  private final List<Leaf> leaves = new ArrayList<>();
  private final StatementChain agent;
  private final StatementChain gateway;
  private Runnable afterLeaf = () -> {};

  LedgerPlant() {
    this(true);
  }

  /**
   * Makes the plant.
   *
   * @param yearly whether it has a factor of the year, or the hourly series alone
   */
  LedgerPlant(boolean yearly) {
    this(plant(yearly));
  }

  LedgerPlant(PlantModel model) {
    PrivateKey agentKey = PrivateKey.generate(Algorithm.ES256, new SecureRandom());
    PrivateKey gatewayKey = PrivateKey.generate(Algorithm.ES256, new SecureRandom());
    agent = new StatementChain("plant", "agent", agentKey, 1, 1, 0, Hash.ZERO);
    gateway = new StatementChain("plant", Statement.GATEWAY, gatewayKey, 1, 1, 0, Hash.ZERO);
    say(new Body.KeyRegistered(KeyRole.GATEWAY, Statement.GATEWAY, gatewayKey.publicKey()));
    say(new Body.Calculator(FacilityLedger.CALCULATOR));
    Document.stated(PlantModelCodec.encode(model), Body.PlantModelDeclared::new).forEach(this::say);
    say(new Body.KeyRegistered(KeyRole.AGENT, "agent", agentKey.publicKey()));
    // 100 g/kWh, not known, 300 g/kWh by an estimate, 100 g/kWh
    price(
        new IntensitySeries.Slot(START, 100_000_000_000L, false),
        new IntensitySeries.Slot(START + 2 * QUARTER, 300_000_000_000L, true),
        new IntensitySeries.Slot(START + 3 * QUARTER, 100_000_000_000L, false));
    for (int quarter = 0; quarter <= 5; quarter++) {
      read(quarter);
    }
  }

  /** States intensities of the grid; returns the leaf that does. */
  long price(IntensitySeries.Slot... slots) {
    return price(FactorQuality.NONE, slots);
  }

  /** States intensities of the grid, all of one quality; returns the leaf that does. */
  synchronized long price(FactorQuality quality, IntensitySeries.Slot... slots) {
    IntensitySeries series =
        new IntensitySeries(
            "grid", "SE3", "generation", "AR6", "test", "none", QUARTER, List.of(slots), quality);
    Document.stated(FactorDocumentCodec.encode(series), Body.FactorSetDeclared::new)
        .forEach(this::say);
    long leaf = leaves.size() - 1L;
    settle();
    return leaf;
  }

  /** States a contract that covers some energy at no emissions. */
  void contract(long kilowattHours) {
    contract(kilowattHours, factor("ppa", "0"));
  }

  /** States a contract that covers some energy. */
  synchronized void contract(long kilowattHours, EmissionFactor rate) {
    Map<QualityCriterion, Instrument.Answer> met = new EnumMap<>(QualityCriterion.class);
    for (QualityCriterion criterion : QualityCriterion.values()) {
      met.put(criterion, new Instrument.Answer(Instrument.Verdict.MET, "seen"));
    }
    Document.stated(
            FactorDocumentCodec.encode(
                new InstrumentPortfolio(
                    "held",
                    Long.toString(kilowattHours),
                    "registry",
                    Scope2Policy.CURRENT,
                    List.of(
                        new Instrument(
                            "ppa",
                            Instrument.Type.CONTRACT,
                            new Energy(kilowattHours * 1_000_000),
                            0,
                            2 * START,
                            rate,
                            met,
                            Instrument.Answer.NONE,
                            Optional.empty())))),
            Body.FactorSetDeclared::new)
        .forEach(this::say);
    settle();
  }

  /** Closes the hour as if it were a month. */
  synchronized void closeHour() {
    say(new Body.PeriodClose(START, START + 4 * QUARTER));
    settle();
  }

  /** The plant declares something more. */
  synchronized void declare(UnaryOperator<Additions> more) {
    PlantModel one = plant(true);
    PlantModel model =
        new PlantModel(
            one.facility(),
            one.name(),
            one.operator(),
            one.timeZone(),
            one.simulated(),
            one.agents(),
            one.grid(),
            one.carriers(),
            one.workstations(),
            one.meters(),
            one.scales(),
            one.scanners(),
            one.materials(),
            more.apply(one.additions()));
    Document.stated(PlantModelCodec.encode(model), Body.PlantModelDeclared::new).forEach(this::say);
    settle();
  }

  static PlantModel plant(boolean yearly) {
    return plant(
        new PlantModel.Grid(
            yearly ? Optional.of(factor("grid-year", "0.2")) : Optional.empty(),
            "grid",
            Optional.of(factor("residual-mix", "0.5")),
            Optional.empty(),
            Optional.empty(),
            false),
        "1");
  }

  /** The plant with its electricity priced otherwise, and meters of another class. */
  static PlantModel plant(PlantModel.Grid grid, String accuracyClass) {
    return new PlantModel(
        "plant",
        "Plant",
        "example.com",
        "Europe/Stockholm",
        true,
        List.of("agent"),
        grid,
        List.of(),
        List.of(new PlantModel.Workstation("furnace", "Furnace")),
        List.of(
            meter("main", Meter.Role.GRID_IMPORT, "", "", accuracyClass),
            meter("roof", Meter.Role.GENERATION, "", "", accuracyClass),
            meter("furnace", Meter.Role.CONSUMPTION, "main", "furnace", accuracyClass),
            meter("burner", Meter.Role.CONSUMPTION, "furnace", "", accuracyClass),
            meter("press", Meter.Role.CONSUMPTION, "main", "", accuracyClass)),
        List.of(),
        List.of(),
        List.of(),
        Additions.NONE);
  }

  private static Meter meter(
      String id, Meter.Role role, String parent, String workstation, String accuracyClass) {
    return new Meter(
        id,
        "The " + id,
        Optional.of(parent).filter(given -> !given.isEmpty()),
        role,
        Optional.of(workstation).filter(given -> !given.isEmpty()),
        "profile",
        "",
        accuracyClass,
        1_000_000);
  }

  static EmissionFactor factor(String id, String value) {
    return new EmissionFactor(
        id,
        new BigDecimal(value),
        EmissionFactor.Unit.KWH,
        "2025",
        "generation",
        "AR6",
        "test",
        "none");
  }

  /** Reads every meter at the start of a quarter of an hour. */
  synchronized void read(int quarter) {
    long time = START + quarter * QUARTER;
    List<Series> series = new ArrayList<>();
    for (Meter meter : plant(true).meters()) {
      long kilowattHours = KILOWATT_HOURS.getOrDefault(meter.id(), 0L);
      series.add(
          new Series(
              meter.id(),
              Register.ENERGY_IMPORT,
              "",
              1_000,
              List.of(new Reading(time, 50_000_000 + quarter * kilowattHours * 1_000_000))));
    }
    put(agent.sign(new Body.Readings(series), time, 0, ClockStatus.RELATIVE));
    settle();
  }

  /** The agent says something; returns its leaf. */
  synchronized long tell(long millis, Body body) {
    long leaf = put(agent.sign(body, millis, 0, ClockStatus.RELATIVE));
    settle();
    return leaf;
  }

  /** Closes what can be closed, and logs what that brings about. */
  private void settle() {
    ledger.closable().ifPresent(through -> say(new Body.IntervalClose(through)));
    ledger.outstanding().forEach(this::say);
  }

  /** Calls somebody after each leaf, on the thread that logs it. */
  synchronized void afterEachLeaf(Runnable hearer) {
    afterLeaf = hearer;
  }

  private long say(Body body) {
    return put(gateway.sign(body, ledger.plantMillis().orElse(0), 0, ClockStatus.RELATIVE));
  }

  private long put(SignedStatement statement) {
    Leaf leaf = new Leaf(START, 0, statement);
    leaves.add(leaf);
    ledger.apply(leaves.size() - 1L, leaf);
    afterLeaf.run();
    return leaves.size() - 1L;
  }

  /** Logs what the gateway says. */
  synchronized CompletableFuture<Long> append(Body body) {
    return CompletableFuture.completedFuture(say(body));
  }

  @Override
  public synchronized Leaf leaf(long index) {
    return leaves.get((int) index);
  }

  /** Returns what reads it; answers are computed where they are asked for. */
  LedgerReadModel model() {
    return new LedgerReadModel(this, this, Runnable::run);
  }

  @Override
  public synchronized <T> CompletableFuture<T> ask(Function<FacilityLedger, T> question) {
    try {
      return CompletableFuture.completedFuture(question.apply(ledger));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public synchronized LogStatus log() {
    return new LogStatus(
        leaves.size(),
        "",
        leaves.size(),
        "",
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        "");
  }

  @Override
  public Intake intake() {
    return new Intake(0, OptionalLong.empty());
  }

  @Override
  public List<PlantProblem> problems() {
    return List.of();
  }

  @Override
  public synchronized CompletableFuture<Optional<LeafEvidence>> evidence(long leaf) {
    return CompletableFuture.completedFuture(
        leaf < leaves.size()
            ? Optional.of(new LeafEvidence(leaf, leaf(leaf), Optional.empty(), List.of()))
            : Optional.empty());
  }
}

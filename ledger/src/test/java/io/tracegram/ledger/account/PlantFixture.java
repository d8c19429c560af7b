package io.tracegram.ledger.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.HeatAndPower;
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
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.ledger.plant.PrimaryData;
import io.tracegram.ledger.plant.Silo;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** A plant with one furnace, its agent, and a gateway that logs and closes as the real one does. */
public final class PlantFixture {
  public static final String HYDROXIDE = "09520000000011";
  public static final String SULPHATE = "09520000000028";
  public static final long QUARTER = IntervalAccount.LENGTH_MILLIS;
  public static final long START = 1_700_000_100_000L / QUARTER * QUARTER;

  public final PrivateKey agentKey = key(1);
  public final PrivateKey gatewayKey = key(2);
  public final List<byte[]> leaves = new ArrayList<>();
  public final FacilityLedger ledger;

  private final StatementChain agent =
      new StatementChain("plant", "agent", agentKey, 1, 1, 0, Hash.ZERO);
  private final StatementChain gateway =
      new StatementChain("plant", Statement.GATEWAY, gatewayKey, 1, 1, 0, Hash.ZERO);

  private boolean withholding;

  public PlantFixture(PlantModel plant) {
    this(plant, FacilityLedger.CALCULATOR);
  }

  /** A log whose first leaves name an edition of the rules. */
  public PlantFixture(PlantModel plant, int calculator) {
    ledger = new FacilityLedger();
    say(new Body.KeyRegistered(KeyRole.GATEWAY, Statement.GATEWAY, gatewayKey.publicKey()));
    say(new Body.Calculator(calculator));
    Document.stated(PlantModelCodec.encode(plant), Body.PlantModelDeclared::new).forEach(this::say);
    say(new Body.KeyRegistered(KeyRole.AGENT, "agent", agentKey.publicKey()));
  }

  public static PlantModel plant(String factor) {
    return new PlantModel(
        "plant",
        "Plant",
        "example.com",
        "UTC",
        true,
        List.of("agent"),
        factor(factor, EmissionFactor.Unit.KWH),
        List.of(new PlantModel.Workstation("furnace", "Furnace")),
        List.of(
            meter("main", Optional.empty(), Optional.empty()),
            meter("furnace-meter", Optional.of("main"), Optional.of("furnace"))),
        List.of("scale"),
        List.of(
            scanner("in", PlantModel.Scanner.Step.RECEIVE),
            scanner("feed", PlantModel.Scanner.Step.INPUT),
            scanner("out", PlantModel.Scanner.Step.OUTPUT),
            new PlantModel.Scanner(
                "dock",
                "furnace",
                PlantModel.Scanner.Step.SHIP,
                Optional.empty(),
                Optional.of("customer"))),
        List.of(
            new PlantModel.Material(
                HYDROXIDE, "Hydroxide", Optional.of(factor("2", EmissionFactor.Unit.KG))),
            new PlantModel.Material(SULPHATE, "Sulphate", Optional.empty())));
  }

  /** Returns the same plant, which declares something more. */
  public static PlantModel with(PlantModel plant, UnaryOperator<Additions> more) {
    return with(plant, plant.scanners(), more);
  }

  /**
   * The plant with a bin of hydroxide, which takes sulphate too: scanners {@code pour} and {@code
   * draw}.
   */
  public static PlantModel withBin(PrimaryData policy) {
    PlantModel plant = plant("0.2");
    List<PlantModel.Scanner> scanners = new ArrayList<>(plant.scanners());
    scanners.add(
        new PlantModel.Scanner(
            "pour", "furnace", PlantModel.Scanner.Step.FILL, Optional.empty(), Optional.empty()));
    scanners.add(scanner("draw", PlantModel.Scanner.Step.DRAW));
    Silo bin =
        new Silo(
            "bin",
            "The bin",
            HYDROXIDE,
            "furnace",
            List.of(SULPHATE),
            Optional.empty(),
            List.of("pour", "draw"));
    return with(plant, scanners, additions -> additions.withSilos(List.of(bin)).with(policy));
  }

  private static PlantModel with(
      PlantModel plant, List<PlantModel.Scanner> scanners, UnaryOperator<Additions> more) {
    return new PlantModel(
        plant.facility(),
        plant.name(),
        plant.operator(),
        plant.timeZone(),
        plant.simulated(),
        plant.agents(),
        plant.grid(),
        plant.carriers(),
        plant.workstations(),
        plant.meters(),
        plant.scales(),
        scanners,
        plant.materials(),
        more.apply(plant.additions()));
  }

  /** The gateway declares a plant model. */
  public void declare(PlantModel plant) {
    Document.stated(PlantModelCodec.encode(plant), Body.PlantModelDeclared::new).forEach(this::say);
  }

  /** A plant whose engine makes heat and power of gas. */
  public static PlantModel heatAndPower() {
    return CogenerationTest.plant(
        PlantModel.Grid.of(factor("0.2", EmissionFactor.Unit.KWH)), HeatAndPower.DEFAULT);
  }

  public static PrivateKey key(int seed) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) seed);
    return PrivateKey.of(Algorithm.ES256, secret);
  }

  /** The agent reads both meters, in Wh. */
  public void read(long millis, long mainWattHours, long furnaceWattHours) {
    tell(
        millis,
        new Body.Readings(
            List.of(
                series("main", millis, mainWattHours),
                series("furnace-meter", millis, furnaceWattHours))));
  }

  public void scan(long millis, String scanner, String gtin, String lot) {
    tell(millis, new Body.Scan(scanner, millis, "Q3", "01" + gtin + "10" + lot));
  }

  public void weigh(long millis, long kilograms) {
    tell(millis, new Body.Weight("scale", millis, new Mass(kilograms * 1_000_000L)));
  }

  /**
   * Shows that the log gives the same accounts to whoever reads it, and goes on from a snapshot.
   */
  public void assertReplaysToTheSameBytes() {
    FacilityLedger replayed = new FacilityLedger();
    for (int index = 0; index < leaves.size(); index++) {
      replayed.apply(index, Leaf.parse(leaves.get(index)));
    }
    assertThat(replayed.derivedMismatches()).isZero();
    assertThat(replayed.outstanding()).isEmpty();
    assertThat(replayed.snapshot()).isEqualTo(ledger.snapshot());
    assertThat(FacilityLedger.restore(replayed.snapshot()).snapshot())
        .isEqualTo(replayed.snapshot());
  }

  /** From here on the gateway leaves its results out of the log. */
  public void withhold() {
    withholding = true;
  }

  /** The agent says something at a plant time. */
  public void tell(long millis, Body body) {
    log(body, millis);
    settle();
  }

  /** The agent says something that the gateway logs, and does nothing about yet. */
  void log(Body body, long millis) {
    log(agent.sign(body, millis, 0, ClockStatus.RELATIVE));
  }

  public void say(Body body) {
    log(gateway.sign(body, ledger.plantMillis().orElse(0), 0, ClockStatus.RELATIVE));
  }

  /** Logs what the accounts bring about and closes what can be closed, until nothing is left. */
  public void settle() {
    note();
    for (OptionalLong closable = ledger.closable();
        closable.isPresent();
        closable = ledger.closable()) {
      say(new Body.IntervalClose(closable.getAsLong()));
      note();
    }
  }

  private void note() {
    if (!withholding) {
      ledger.outstanding().forEach(this::say);
    }
  }

  private void log(SignedStatement statement) {
    Leaf leaf = new Leaf(START, 0, statement);
    leaves.add(leaf.encoded());
    ledger.apply(leaves.size() - 1, leaf);
  }

  private static Series series(String meter, long millis, long wattHours) {
    return new Series(
        meter, Register.ENERGY_IMPORT, "", 1_000, List.of(new Reading(millis, wattHours * 1_000)));
  }

  private static EmissionFactor factor(String value, EmissionFactor.Unit unit) {
    return new EmissionFactor(
        "factor", new BigDecimal(value), unit, "1", "generation", "AR5", "test", "none");
  }

  private static PlantModel.Meter meter(
      String id, Optional<String> parent, Optional<String> workstation) {
    return new PlantModel.Meter(
        id,
        id,
        parent,
        parent.isEmpty() ? PlantModel.Meter.Role.GRID_IMPORT : PlantModel.Meter.Role.CONSUMPTION,
        workstation,
        "profile",
        "",
        "1",
        1_000_000);
  }

  private static PlantModel.Scanner scanner(String id, PlantModel.Scanner.Step step) {
    return new PlantModel.Scanner(id, "furnace", step, Optional.of("scale"), Optional.empty());
  }
}

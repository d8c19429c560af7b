package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static io.tracegram.ledger.account.PlantFixture.SULPHATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.CustodyEventCodec;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;
import org.junit.jupiter.api.Test;

class FacilityLedgerTest {
  private static final long MINUTE = 60_000;

  private final PlantFixture plant = new PlantFixture(PlantFixture.plant("0.177"));

  /**
   * By hand: 10 kWh in the quarter, 6 of them on the furnace; the order holds it for 10 of the 15
   * minutes at constant power, so 4 kWh direct, 2 idle, 4 overhead; 0.177 kg/kWh.
   */
  @Test
  void attributesAQuarterToItsOrderIdleAndOverhead() {
    plant.read(START, 1_000, 500);
    receiveAndFeed("A", START + 2 * MINUTE);
    produce("P", START + 12 * MINUTE);
    plant.read(START + QUARTER, 11_000, 6_500);

    Totals totals = plant.ledger.totals();
    assertThat(totals.total()).isEqualTo(share(10_000, 1_770_000_000L));
    assertThat(totals.direct()).isEqualTo(share(4_000, 708_000_000L));
    assertThat(totals.idle()).isEqualTo(share(2_000, 354_000_000L));
    assertThat(totals.overhead()).isEqualTo(share(4_000, 708_000_000L));
    assertThat(totals.unattributed()).isEqualTo(Share.NONE);
    assertThat(totals.conservationError()).isEqualTo(Co2e.ZERO);
  }

  @Test
  void makesALotFinalOnceItsQuarterIsClosedWithOwnPlusInheritedAsTotal() {
    plant.read(START, 1_000, 500);
    receiveAndFeed("A", START + 2 * MINUTE);
    produce("P", START + 12 * MINUTE);
    LotId lot = LotId.ofLot(SULPHATE, "P");
    assertThat(plant.ledger.lot(lot).orElseThrow().account()).isEmpty();

    plant.read(START + QUARTER, 11_000, 6_500);

    LotState state = plant.ledger.lot(lot).orElseThrow();
    LotAccount account = state.account().orElseThrow();
    LotDetail detail = account.detail().orElseThrow();
    assertThat(detail.direct().total(Basis.LB_ANNUAL)).isEqualTo(new Co2e(708_000_000L));
    assertThat(detail.absorbed().total(Basis.LB_ANNUAL))
        .as("all idle and overhead so far, at the first period's running rate")
        .isEqualTo(new Co2e(1_062_000_000L));
    assertThat(account.own().co2e()).isEqualTo(new Co2e(1_770_000_000L));
    assertThat(account.inherited()).as("100 kg × 2 kg/kg").isEqualTo(new Co2e(200_000_000_000L));
    assertThat(account.secondary()).isEqualTo(account.inherited());
    assertThat(account.total()).isEqualTo(new Co2e(201_770_000_000L));
    assertThat(state.accountLeaf()).isPresent();
    assertThat(events())
        .extracting(CustodyEvent::type)
        .containsExactly(CustodyEvent.Type.RECEIVED, CustodyEvent.Type.TRANSFORMED);
  }

  @Test
  void refusesMoreOutThanIn() {
    plant.read(START, 0, 0);
    receiveAndFeed("A", START);
    plant.scan(START + MINUTE, "out", SULPHATE, "P");
    plant.weigh(START + MINUTE, 101);

    assertThat(plant.ledger.problems())
        .extracting(LedgerProblem::code)
        .contains("custody.mass-gate");
    assertThat(plant.ledger.lot(LotId.ofLot(SULPHATE, "P"))).isEmpty();
    assertThat(plant.ledger.runningOrders()).hasSize(1);
  }

  @Test
  void refusesALotTwiceAndALotThatIsUsedUp() {
    plant.read(START, 0, 0);
    receiveAndFeed("A", START);
    plant.scan(START + MINUTE, "in", HYDROXIDE, "A");
    plant.weigh(START + MINUTE, 100);
    plant.scan(START + MINUTE, "feed", HYDROXIDE, "A");
    plant.weigh(START + MINUTE, 100);

    assertThat(plant.ledger.problems())
        .extracting(LedgerProblem::code)
        .contains("custody.lot-twice", "custody.lot-used-up");
  }

  @Test
  void keepsTheTotalWhileASubMeterIsSilent() {
    plant.read(START, 0, 0);
    plant.read(START + QUARTER, 1_000, 500);
    plant.tell(
        START + QUARTER,
        new Body.DeviceStatus(
            "furnace-meter",
            Body.DeviceStatus.State.BAD,
            "modbus.timeout",
            "no answer",
            START + QUARTER,
            1));
    plant.tell(
        START + 3 * QUARTER,
        new Body.Readings(
            List.of(
                new Series(
                    "main",
                    Register.ENERGY_IMPORT,
                    "",
                    1_000,
                    List.of(new Reading(START + 3 * QUARTER, 3_000_000))))));
    plant.read(START + 4 * QUARTER, 4_000, 2_000);

    Totals totals = plant.ledger.totals();
    assertThat(totals.intervals()).isEqualTo(4);
    assertThat(totals.total().energy()).isEqualTo(Energy.ofWattHours(4_000));
    assertThat(totals.idle().energy())
        .as("what the furnace took in the two silent quarters is theirs once it is read again")
        .isEqualTo(Energy.ofWattHours(2_000));
    assertThat(totals.overhead().energy()).isEqualTo(Energy.ofWattHours(2_000));
    assertThat(totals.conservationError()).isEqualTo(Co2e.ZERO);
  }

  @Test
  void doesNotBelieveADerivedLeafThatItsRulesDoNotGive() {
    plant.read(START, 0, 0);
    plant.say(new Body.Derived(Kind.ACCOUNT, 3, 0, Content.of(new byte[] {1})));

    assertThat(plant.ledger.derivedMismatches()).isEqualTo(1);
    assertThat(plant.ledger.problems())
        .extracting(LedgerProblem::code)
        .contains("evidence.derived-mismatch");
  }

  @Test
  void refusesAWeightThatNoScaleShowsAndGoesOn() {
    plant.read(START, 0, 0);
    plant.scan(START, "in", HYDROXIDE, "A");
    plant.weigh(START, 200_000);
    plant.read(START + QUARTER, 1_000, 500);

    assertThat(plant.ledger.problems())
        .extracting(LedgerProblem::code)
        .contains("custody.beyond-scale");
    assertThat(plant.ledger.totals().intervals()).isEqualTo(1);
  }

  @Test
  void doesNotOpenTheBooksInTheYearOfAWrongClock() {
    plant.tell(
        START,
        new Body.Readings(
            List.of(
                new Series(
                    "main", Register.ENERGY_IMPORT, "", 1_000, List.of(new Reading(5, 0))))));

    assertThat(plant.ledger.closedThroughMillis()).isEmpty();
    assertThat(plant.ledger.problems())
        .extracting(LedgerProblem::code)
        .containsExactly("time.implausible");
  }

  @Test
  void noticesAResultThatWasLeftOutInAllThatFollow() {
    plant.read(START, 0, 0);
    plant.withhold();
    plant.read(START + QUARTER, 1_000, 500);
    plant.read(START + 2 * QUARTER, 2_000, 1_000);
    Body.Derived second = plant.ledger.outstanding().get(1);
    plant.say(second);

    assertThat(plant.ledger.derivedMismatches()).isEqualTo(1);
  }

  @Test
  void closesNothingBeforeItsTime() {
    plant.read(START, 0, 0);
    plant.say(new Body.IntervalClose(START + QUARTER));

    assertThat(plant.ledger.totals().intervals()).isZero();
    assertThat(plant.ledger.problems())
        .extracting(LedgerProblem::code)
        .contains("account.close-refused");
  }

  private List<CustodyEvent> events() {
    return plant.leaves.stream()
        .map(leaf -> Leaf.parse(leaf).statement().statement().body())
        .filter(Body.Derived.class::isInstance)
        .map(Body.Derived.class::cast)
        .filter(derived -> derived.kind() == Kind.CUSTODY_EVENT)
        .map(derived -> CustodyEventCodec.decode(derived.content().bytes()))
        .toList();
  }

  private void receiveAndFeed(String lot, long millis) {
    plant.scan(millis - MINUTE, "in", HYDROXIDE, lot);
    plant.weigh(millis - MINUTE, 100);
    plant.scan(millis, "feed", HYDROXIDE, lot);
    plant.weigh(millis, 100);
    assertThat(plant.ledger.lot(LotId.ofLot(HYDROXIDE, lot)).orElseThrow().remaining())
        .isEqualTo(Mass.ZERO);
  }

  private void produce(String lot, long millis) {
    plant.scan(millis, "out", SULPHATE, lot);
    plant.weigh(millis, 90);
  }

  private static Share share(long wattHours, long micrograms) {
    return new Share(Energy.ofWattHours(wattHours), new Co2e(micrograms));
  }
}

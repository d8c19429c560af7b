package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static io.tracegram.ledger.account.PlantFixture.SULPHATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.lot.Absorbed;
import io.tracegram.ledger.plant.Absorption;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.Sharing;
import io.tracegram.ledger.quantity.Co2e;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The vectors of accounting.md §7 that concern lots, through the whole ledger. */
class LotVectorsTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  /** 349 674 358 µg over three equal lots: the units left over go to the first. */
  @Test
  void threeEqualLotsShareTo116558120And116558119Twice() {
    PlantFixture plant =
        plant(
            "0.349674358",
            new Absorption(Absorption.Policy.NONE, Absorption.Key.MASS),
            parallel(Sharing.Weight.MASS));
    plant.read(START, 0, 0);
    card(plant, "TGM:START", 0);
    for (String lot : List.of("A", "B", "C")) {
      weighed(plant, "in", HYDROXIDE, lot, 0, 10);
      weighed(plant, "feed", HYDROXIDE, lot, 0, 10);
    }
    for (String lot : List.of("P", "Q", "R")) {
      weighed(plant, "out", SULPHATE, lot, 15, 10);
    }
    card(plant, "TGM:FINISH", 15);
    plant.read(START + QUARTER, 1_000, 1_000);

    assertThat(List.of(direct(plant, "P"), direct(plant, "Q"), direct(plant, "R")))
        .containsExactly(116_558_120L, 116_558_119L, 116_558_119L);
  }

  /** 10 kWh at 0.177: A 4, B 2, a residual of 3.5 keyed 120:80 kg, and 0.5 idle next quarter. */
  @Test
  void actualCostsAreAbsorbedAtThePeriodsClose() {
    PlantFixture plant =
        plant("0.177", new Absorption(Absorption.Policy.ACTUAL, Absorption.Key.MASS), Sharing.NONE);
    plant.read(START, 0, 0);
    weighed(plant, "in", HYDROXIDE, "A", 0, 120);
    weighed(plant, "in", HYDROXIDE, "B", 0, 80);
    weighed(plant, "feed", HYDROXIDE, "A", 0, 120);
    weighed(plant, "out", SULPHATE, "P", 10, 120);
    weighed(plant, "feed", HYDROXIDE, "B", 10, 80);
    weighed(plant, "out", SULPHATE, "Q", 15, 80);
    plant.read(START + QUARTER, 9_500, 6_000);
    plant.read(START + 2 * QUARTER, 10_000, 6_500);
    assertThat(plant.ledger.lot(LotId.ofLot(SULPHATE, "P")).orElseThrow().account()).isEmpty();

    plant.say(new Body.PeriodClose(START, START + QUARTER));
    plant.say(new Body.PeriodClose(START + QUARTER, START + 2 * QUARTER));
    plant.settle();

    assertThat(own(plant, SULPHATE, "P")).isEqualTo(1_079_700_000L);
    assertThat(own(plant, SULPHATE, "Q")).isEqualTo(601_800_000L);
    long idle = absorptions(plant).getLast().pool().co2e().scope2Annual();
    assertThat(idle).isEqualTo(88_500_000L);
    assertThat(own(plant, SULPHATE, "P") + own(plant, SULPHATE, "Q") + idle)
        .isEqualTo(1_770_000_000L);
    assertThat(absorptions(plant).getFirst().closing().total(Basis.LB_ANNUAL)).isEqualTo(Co2e.ZERO);
  }

  /**
   * A rate of 0.2 kg per machine-hour; then 900 h, of two lots at once, absorb 180 kg of a pool of
   * 190 kg. The first month has 100 kg and 500 h, since no month has 1,000 hours.
   */
  @Test
  void aPredeterminedRateLeavesAVarianceOfTenKilograms() {
    PlantFixture plant =
        plant(
            "0.2",
            new Absorption(Absorption.Policy.PREDETERMINED, Absorption.Key.MACHINE_TIME),
            parallel(Sharing.Weight.ONE));
    long middle = START + 500 * HOUR;
    long end = middle + 500 * HOUR;
    plant.read(START, 0, 0);
    for (String lot : List.of("A", "B")) {
      weighed(plant, "in", HYDROXIDE, lot, 0, 50);
    }
    weighed(plant, "feed", HYDROXIDE, "A", 0, 50);
    weighed(plant, "out", HYDROXIDE, "A", 500 * 60, 50);
    weighed(plant, "feed", HYDROXIDE, "A", 500 * 60, 50);
    weighed(plant, "feed", HYDROXIDE, "B", 500 * 60, 50);
    plant.read(middle, 500_000, 0);
    plant.say(new Body.PeriodClose(START, middle));
    plant.settle();
    assertThat(absorptions(plant).getFirst().closing().total(Basis.LB_ANNUAL)).isEqualTo(Co2e.ZERO);
    assertThat(absorptions(plant).getFirst().absorbed().scope2Annual()).isEqualTo(100_000_000_000L);

    for (String lot : List.of("A", "B")) {
      weighed(plant, "out", HYDROXIDE, lot, 950 * 60, 50);
    }
    plant.read(end, 1_450_000, 0);
    plant.say(new Body.PeriodClose(middle, end));
    plant.settle();

    assertThat(own(plant, HYDROXIDE, "A") + own(plant, HYDROXIDE, "B")).isEqualTo(180_000_000_000L);
    Absorbed second = absorptions(plant).getLast();
    assertThat(second.opening().total(Basis.LB_ANNUAL)).isEqualTo(Co2e.ZERO);
    assertThat(second.pool().co2e().scope2Annual()).isEqualTo(190_000_000_000L);
    assertThat(second.closing().scope2Annual()).isEqualTo(10_000_000_000L);
  }

  private static Sharing parallel(Sharing.Weight weight) {
    return new Sharing(
        List.of(new Sharing.Rule("furnace", Optional.of(weight), true, Sharing.Share.MASS)));
  }

  private static PlantFixture plant(String factor, Absorption absorption, Sharing sharing) {
    PlantModel plant = PlantFixture.plant(factor);
    return new PlantFixture(PlantFixture.with(plant, more -> more.with(absorption).with(sharing)));
  }

  private static void card(PlantFixture plant, String text, long minute) {
    long millis = START + minute * MINUTE;
    plant.tell(millis, new Body.Scan("feed", millis, "Q3", text));
  }

  private static void weighed(
      PlantFixture plant, String scanner, String gtin, String lot, long minute, long kilograms) {
    plant.scan(START + minute * MINUTE, scanner, gtin, lot);
    plant.weigh(START + minute * MINUTE, kilograms);
  }

  private static long direct(PlantFixture plant, String number) {
    return account(plant, SULPHATE, number)
        .detail()
        .orElseThrow()
        .direct()
        .total(Basis.LB_ANNUAL)
        .micrograms();
  }

  private static long own(PlantFixture plant, String gtin, String number) {
    return account(plant, gtin, number).own().co2e().micrograms();
  }

  private static LotAccount account(PlantFixture plant, String gtin, String number) {
    return plant.ledger.lot(LotId.ofLot(gtin, number)).orElseThrow().account().orElseThrow();
  }

  private static List<Absorbed> absorptions(PlantFixture plant) {
    return plant.ledger.absorptions().stream().map(AbsorptionAccount::absorbed).toList();
  }
}

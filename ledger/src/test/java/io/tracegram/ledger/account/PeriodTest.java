package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.Site.at;
import static io.tracegram.ledger.account.Site.in;
import static io.tracegram.ledger.account.Site.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorDocumentCodec;
import io.tracegram.ledger.emission.Instrument;
import io.tracegram.ledger.emission.InstrumentMatching.Part;
import io.tracegram.ledger.emission.InstrumentMatching.Source;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a month's close settles, and what restates it. */
class PeriodTest {
  private static final Meter MAIN = source("grid", Meter.Role.GRID_IMPORT);
  private static final long DAY = 24 * 60;

  /** 2,500 quarters of an hour, over which 100 MWh divide without a remainder. */
  private static final long MONTH = 2_500 * 15;

  private static Site site(String location, Optional<EmissionFactor> residualMix) {
    return new Site(
        new PlantModel.Grid(
            Optional.of(Portfolios.factor("grid-de", location)),
            PlantModel.Grid.DEFAULT_INTENSITY,
            residualMix,
            Optional.empty(),
            Optional.empty(),
            false),
        List.of(),
        MAIN);
  }

  private static Site site() {
    return site("0.329", Optional.of(Portfolios.factor("residual-de", "0.72456")));
  }

  private static void hold(Site site, InstrumentPortfolio portfolio) {
    Document.stated(FactorDocumentCodec.encode(portfolio), Body.FactorSetDeclared::new)
        .forEach(site::say);
  }

  private static void close(Site site, long fromMinutes, long toMinutes) {
    site.say(new Body.PeriodClose(at(fromMinutes), at(toMinutes)));
  }

  private static PeriodAccount month(Site site, long minutes) {
    return site.ledger.period(at(minutes)).orElseThrow().account();
  }

  private static Co2e total(Site site, Basis basis) {
    return site.ledger.totals().bases().getOrDefault(basis, Totals.OfBasis.NONE).co2e();
  }

  private static long micrograms(Optional<Co2e> co2e) {
    return co2e.map(Co2e::micrograms).orElse(-1L);
  }

  /** accounting.md §7: 100 MWh, contract 30 + certificates 40 at 0; LB 32.9 t, MB 21.7368 t. */
  @Test
  void settlesTheMarketBasedFigureOfTheMonthAndPartitionsItExactly() {
    Site site = site();
    hold(
        site,
        Portfolios.of(
            "1", Portfolios.contract("ppa", 30_000), Portfolios.certificate("go", 40_000)));
    site.read(0, in("grid", 0));
    site.read(MONTH, in("grid", 100_000_000));
    assertThat(total(site, Basis.MB_ANNUAL))
        .as("provisional: all of it at the residual mix")
        .isEqualTo(new Co2e(72_456_000_000_000L));

    close(site, 0, MONTH);

    PeriodAccount month = month(site, 0);
    assertThat(micrograms(month.co2e(Basis.LB_ANNUAL))).isEqualTo(32_900_000_000_000L);
    assertThat(micrograms(month.co2e(Basis.MB_ANNUAL))).isEqualTo(21_736_800_000_000L);
    assertThat(month.market().orElseThrow().annual().parts())
        .extracting(Part::energy)
        .containsExactly(
            new Energy(40_000_000_000L), new Energy(30_000_000_000L), new Energy(30_000_000_000L));
    assertThat(month.intervals()).isEqualTo(2_500);
    assertThat(month.absent()).isZero();
    List<FacilityInterval> settled = month.settle(site.ledger.facilityIntervals(at(0), at(MONTH)));
    assertThat(settled.stream().mapToLong(it -> micrograms(it.co2e(Basis.MB_ANNUAL))).sum())
        .isEqualTo(21_736_800_000_000L);
    assertThat(total(site, Basis.MB_ANNUAL)).isEqualTo(new Co2e(21_736_800_000_000L));
  }

  /** accounting.md §7: load 10, 10; generation 16, 4: covered 14, uncovered 6; by volume 0. */
  @Test
  void matchesHourByHourBesideTheVolume() {
    Site site = site();
    hold(
        site,
        Portfolios.of(
            "1",
            Portfolios.certificate(
                "go",
                20,
                new TreeMap<>(
                    Map.of(at(0), new Energy(16_000_000), at(60), new Energy(4_000_000))))));
    site.read(0, in("grid", 0));
    site.read(60, in("grid", 10_000));
    site.read(120, in("grid", 20_000));

    close(site, 0, 120);

    PeriodAccount month = month(site, 0);
    assertThat(micrograms(month.co2e(Basis.MB_ANNUAL))).isZero();
    assertThat(micrograms(month.co2e(Basis.MB_HOURLY))).isEqualTo(6 * 724_560_000L);
    Market.Hourly hourly = month.market().orElseThrow().hourly().orElseThrow();
    assertThat(hourly.hours()).containsExactly(0L, 6 * 724_560_000L);
    assertThat(hourly.whole().uncovered()).isEqualTo(new Energy(6_000_000));
    List<FacilityInterval> settled = month.settle(site.ledger.facilityIntervals(at(0), at(120)));
    assertThat(settled.stream().map(it -> micrograms(it.co2e(Basis.MB_HOURLY))))
        .containsExactly(
            0L, 0L, 0L, 0L, 1_086_840_000L, 1_086_840_000L, 1_086_840_000L, 1_086_840_000L);
  }

  /** Half an hour of the first UTC hour belongs to the month before: it is covered by nothing. */
  @Test
  void takesNothingFromAnHourThatBeganInTheMonthBefore() {
    Site site = site();
    hold(
        site,
        Portfolios.of(
            "1",
            Portfolios.certificate(
                "go", 100, new TreeMap<>(Map.of(at(0), new Energy(50_000_000))))));
    site.read(0, in("grid", 0));
    site.read(60, in("grid", 4_000));

    close(site, 30, 60);

    assertThat(micrograms(month(site, 30).co2e(Basis.MB_HOURLY))).isEqualTo(2 * 724_560_000L);
  }

  @Test
  void flagsTheAverageWhereNoResidualMixIsKnown() {
    Site site = site("0.329", Optional.empty());
    hold(site, Portfolios.of("1", Portfolios.contract("ppa", 3)));
    site.read(0, in("grid", 0));
    site.read(60, in("grid", 10_000));

    close(site, 0, 60);

    assertThat(month(site, 0).market().orElseThrow().annual().parts())
        .extracting(Part::source)
        .containsExactly(
            new Source.OfInstrument("ppa", Instrument.Type.CONTRACT),
            new Source.GridAverageFlagged("grid-de"));
    assertThat(micrograms(month(site, 0).co2e(Basis.MB_ANNUAL))).isEqualTo(7 * 329_000_000L);
  }

  @Test
  void sumsItsIntervalsWhereNoInstrumentIsHeld() {
    Site site = site();
    site.read(0, in("grid", 0));
    site.read(60, in("grid", 10_001));

    close(site, 0, 60);

    PeriodAccount month = month(site, 0);
    assertThat(month.market()).isEmpty();
    for (Basis basis : month.bases()) {
      assertThat(micrograms(month.co2e(basis))).isEqualTo(total(site, basis).micrograms());
    }
    assertThat(month.parts().stream().mapToLong(part -> part.electricity().milliwattHours()).sum())
        .isEqualTo(10_001_000);
  }

  /** A reading that comes late moves 1,500 Wh inside the closed hour, and none out of it. */
  @Test
  void keepsAMonthWhoseSumsALateReadingDoesNotChange() {
    Site site = site();
    site.read(0, in("grid", 0));
    site.read(60, in("grid", 4_000));
    close(site, 0, 60);

    site.readLate(61, 15, in("grid", 2_500));

    assertThat(site.quarter(0).revision().number()).isEqualTo(1);
    assertThat(month(site, 0).revision()).isEqualTo(Revision.FIRST);
  }

  @Test
  void restatesAClosedMonthAndSaysWhatMadeItSo() {
    Site site = site();
    site.read(0, in("grid", 0));
    site.read(60, in("grid", 4_000));
    site.read(120, in("grid", 8_000));
    close(site, 0, 45);
    long closedBy = site.ledger.period(at(0)).orElseThrow().closedBy();
    long first = site.ledger.period(at(0)).orElseThrow().leaf();
    long cause = site.plant.leaves.size();

    site.readLate(121, 45, in("grid", 3_400));

    PeriodAccount month = month(site, 0);
    assertThat(month.revision()).isEqualTo(new Revision(1, first, cause));
    assertThat(micrograms(month.co2e(Basis.LB_ANNUAL))).isEqualTo(3_400 * 329_000L);
    ClosedPeriod closed = site.ledger.period(at(0)).orElseThrow();
    assertThat(closed.closedBy()).isEqualTo(closedBy);
    assertThat(closed.leaf()).isGreaterThan(cause);
    assertThat(site.ledger.intervalLeaf(at(0)).orElseThrow()).isGreaterThan(closedBy);
  }

  /**
   * 3 kWh for two months of 2 kWh each: the second gets 1, and all of it when the first gives up.
   */
  @Test
  void matchesLaterMonthsAgainWhenAnEarlierOneTakesLess() {
    Site site = site();
    hold(site, Portfolios.of("1", Portfolios.contract("ppa", 3)));
    site.read(0, in("grid", 0));
    site.read(60, in("grid", 2_000));
    site.read(120, in("grid", 4_000));
    close(site, 0, 60);
    close(site, 60, 120);
    assertThat(micrograms(month(site, 60).co2e(Basis.MB_ANNUAL))).isEqualTo(724_560_000L);

    // one that expires first goes first; a certificate covers the first month wholly
    hold(site, Portfolios.of("2", Portfolios.contract("ppa", 3), Portfolios.certificate("go", 2)));
    site.read(135, in("grid", 4_500));

    assertThat(micrograms(month(site, 0).co2e(Basis.MB_ANNUAL))).isZero();
    assertThat(micrograms(month(site, 60).co2e(Basis.MB_ANNUAL))).isZero();
    assertThat(month(site, 60).revision().number()).isEqualTo(1);
    assertThat(month(site, 60).market().orElseThrow().annual().used().milliwattHours())
        .containsEntry("ppa", 2_000_000L)
        .containsEntry("go", 2_000_000L);
  }

  @Test
  void refusesWhatIsNoMonthOrNotAllAccountedOrClosedAlready() {
    Site site = site();
    site.read(0, in("grid", 0));
    site.read(60, in("grid", 4_000));

    close(site, 0, 1);
    close(site, 0, 40 * DAY);
    close(site, 0, 75);
    close(site, 30, 30);
    close(site, -DAY, 0);
    assertThat(site.ledger.periods()).isEmpty();
    assertThat(site.problems()).containsExactly("account.period-refused period-close");

    close(site, 0, 30);
    close(site, 15, 45);
    assertThat(site.ledger.periods()).hasSize(1);
    assertThat(site.ledger.firstOpenInterval()).hasValue(at(30));
  }

  @Test
  void goesOnFromASnapshot() {
    Site site = site();
    hold(site, Portfolios.of("1", Portfolios.contract("ppa", 3)));
    site.read(0, in("grid", 0));
    site.read(60, in("grid", 2_000));
    close(site, 0, 60);

    FacilityLedger restored = FacilityLedger.restore(site.ledger.snapshot());

    assertThat(restored.periods()).isEqualTo(site.ledger.periods());
    assertThat(restored.snapshot()).isEqualTo(site.ledger.snapshot());
  }
}

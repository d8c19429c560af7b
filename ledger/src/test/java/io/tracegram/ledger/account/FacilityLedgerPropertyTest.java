package io.tracegram.ledger.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.Cogeneration;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Carrier;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.verification.LogReplay;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Claims about any plant and whatever its agents, files and people say in any order. */
class FacilityLedgerPropertyTest {
  @Property(shrinking = ShrinkingMode.OFF, tries = 60)
  void whatComesInIsWhatIsSpreadOnEveryBasisAndInEveryInterval(@ForAll long seed) {
    Site site = new RandomSite(new Random(seed)).lived();

    assertThat(site.ledger.totals().conservationError()).isEqualTo(Co2e.ZERO);
    for (FacilityInterval interval : site.ledger.facilityIntervals(0, Long.MAX_VALUE)) {
      for (String carrier : carriers(interval)) {
        assertThat(
                interval.entries().stream()
                    .filter(entry -> entry.carrier().equals(carrier))
                    .mapToLong(Entry::amount)
                    .sum())
            .isEqualTo(
                interval.postings().stream()
                    .filter(posting -> posting.carrier().equals(carrier))
                    .mapToLong(Posting::amount)
                    .sum());
      }
      for (Basis basis : interval.bases()) {
        interval
            .co2e(basis)
            .ifPresent(
                known ->
                    assertThat(LongStream.of(interval.parts(basis)).sum())
                        .isEqualTo(known.micrograms()));
      }
      assertThat(interval.entries()).allMatch(entry -> entry.amount() > 0);
    }
  }

  /** Heat, used power and what is left carry every microgram of a unit's fuel, on every basis. */
  @Property(shrinking = ShrinkingMode.OFF, tries = 60)
  void whatAUnitsFuelEmitsIsCarriedOnce(@ForAll long seed) {
    Site site = new RandomSite(new Random(seed)).lived();
    PlantModel plant = site.ledger.plant().orElseThrow();

    for (FacilityInterval interval : site.ledger.facilityIntervals(0, Long.MAX_VALUE)) {
      for (Cogeneration unit : plant.cogeneration()) {
        Carrier gas = plant.carrier("gas").orElseThrow();
        Posting fuel = posting(interval, unit.fuel());
        Posting power = posting(interval, unit.power());
        List<Posting> carrying = List.of(fuel, power, posting(interval, unit.heat()));
        assertThat(carrying.stream().map(Posting::biogenic).reduce(Co2e.ZERO, Co2e::plus))
            .isEqualTo(gas.biogenic().orElseThrow().ofMillionths(fuel.amount()));
        for (Basis basis : interval.bases()) {
          Co2e bought =
              plant.grid().certificatesSold()
                      && (basis == Basis.MB_ANNUAL || basis == Basis.MB_HOURLY)
                  ? plant
                      .grid()
                      .residualMix()
                      .or(() -> plant.grid().factor())
                      .map(factor -> factor.ofMillionths(power.amount()))
                      .orElse(Co2e.ZERO)
                  : Co2e.ZERO;
          interval
              .co2e(basis)
              .ifPresent(
                  _ ->
                      assertThat(
                              carrying.stream()
                                  .map(posting -> posting.price(basis).orElseThrow())
                                  .map(price -> price.co2e().orElseThrow())
                                  .reduce(Co2e.ZERO, Co2e::plus))
                          .isEqualTo(gas.factor().ofMillionths(fuel.amount()).plus(bought)));
        }
      }
    }
  }

  private static Posting posting(FacilityInterval interval, String source) {
    return interval.postings().stream()
        .filter(posting -> posting.source().equals(source))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> carriers(FacilityInterval interval) {
    return Stream.concat(
            interval.postings().stream().map(Posting::carrier),
            interval.entries().stream().map(Entry::carrier))
        .collect(Collectors.toSet());
  }

  @Property(shrinking = ShrinkingMode.OFF, tries = 60)
  void aClosedMonthIsTheSumOfItsIntervalsOnEveryBasis(@ForAll long seed) {
    Site site = new RandomSite(new Random(seed)).lived();

    for (ClosedPeriod closed : site.ledger.periods()) {
      PeriodAccount month = closed.account();
      List<FacilityInterval> settled =
          month.settle(site.ledger.facilityIntervals(month.fromMillis(), month.toMillis()));
      for (Basis basis : month.bases()) {
        Optional<Co2e> total = month.co2e(basis);
        assertThat(sum(settled.stream().map(interval -> interval.co2e(basis)).toList()))
            .isEqualTo(total);
        assertThat(sum(month.parts().stream().map(part -> of(part, basis)).toList()))
            .isEqualTo(total);
      }
      month.market().ifPresent(FacilityLedgerPropertyTest::coversNoMoreThanItHas);
    }
  }

  private static void coversNoMoreThanItHas(Market market) {
    long load =
        market.annual().parts().stream().mapToLong(part -> part.energy().milliwattHours()).sum();
    market
        .hourly()
        .ifPresent(
            hourly ->
                assertThat(
                        hourly.whole().parts().stream()
                            .mapToLong(part -> part.energy().milliwattHours())
                            .sum())
                    .isEqualTo(load));
    assertThat(market.annual().used().milliwattHours().values())
        .allMatch(used -> used <= 5_000_000_000L);
  }

  private static Optional<Co2e> of(PeriodAccount.Part part, Basis basis) {
    return part.co2e().stream()
        .filter(amount -> amount.basis() == basis)
        .findFirst()
        .orElseThrow()
        .co2e();
  }

  private static Optional<Co2e> sum(List<Optional<Co2e>> parts) {
    return parts.stream()
        .reduce(Optional.of(Co2e.ZERO), (sum, part) -> sum.flatMap(known -> part.map(known::plus)));
  }

  @Property(shrinking = ShrinkingMode.OFF, tries = 40)
  void theSameLogGivesTheSameBytesWhereverItWasInterrupted(@ForAll long seed) {
    Random random = new Random(seed);
    Site site = new RandomSite(random).lived();

    FacilityLedger restarted = new FacilityLedger();
    for (int index = 0; index < site.plant.leaves.size(); index++) {
      restarted.apply(index, Leaf.parse(site.plant.leaves.get(index)));
      if (random.nextInt(20) == 0) {
        restarted = FacilityLedger.restore(restarted.snapshot());
      }
    }

    assertThat(restarted.snapshot()).isEqualTo(site.ledger.snapshot());
    assertThat(restarted.derivedMismatches()).isZero();
    assertThat(restarted.outstanding()).isEmpty();
  }

  @Property(shrinking = ShrinkingMode.OFF, tries = 15)
  void anAuditorFindsNothingInAnHonestLog(@ForAll long seed) {
    Site site = new RandomSite(new Random(seed)).lived();

    LogReplay replay = new LogReplay(Optional.of(site.plant.gatewayKey.publicKey()));

    assertThat(site.plant.leaves.stream().map(replay::next).flatMap(Optional::stream)).isEmpty();
    assertThat(replay.ledger().outstanding()).isEmpty();
    assertThat(replay.ledger().snapshot()).isEqualTo(site.ledger.snapshot());
  }

  /** Restated or not, whatever was closed when: only revisions and leaves may differ. */
  @Property(shrinking = ShrinkingMode.OFF, tries = 60)
  void readingsInAnyOrderEndInTheSameFigures(@ForAll long seed) {
    RandomSite random = new RandomSite(new Random(seed));
    List<Body.Readings> readings = random.readings();
    Site inOrder = random.empty();
    readings.forEach(body -> inOrder.plant.tell(RandomSite.END, body));
    Collections.shuffle(readings, new Random(seed));
    Site shuffled = random.empty();
    // an account begins with the first source that is read: let both begin at the same time
    readings.forEach(body -> shuffled.plant.tell(RandomSite.END, body));

    assertThat(figures(shuffled)).isEqualTo(figures(inOrder)).isNotEmpty();
    assertThat(shuffled.ledger.totals().bases()).isEqualTo(inOrder.ledger.totals().bases());
    assertThat(shuffled.ledger.totals().total()).isEqualTo(inOrder.ledger.totals().total());
    assertThat(shuffled.ledger.totals().conservationError()).isEqualTo(Co2e.ZERO);
  }

  private static List<FacilityInterval> figures(Site site) {
    return site.ledger.facilityIntervals(0, Long.MAX_VALUE).stream()
        .map(
            interval ->
                new FacilityInterval(
                    interval.startMillis(),
                    Revision.FIRST,
                    interval.headline(),
                    interval.postings(),
                    interval.entries(),
                    interval.meters().stream()
                        .map(
                            meter ->
                                new MeterSlice(
                                    meter.meter(), meter.export(), meter.slice(), -1, -1))
                        .toList(),
                    interval.marks()))
        .toList();
  }
}

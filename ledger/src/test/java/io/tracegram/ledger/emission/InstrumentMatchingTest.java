package io.tracegram.ledger.emission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tracegram.ledger.emission.Instrument.Answer;
import io.tracegram.ledger.emission.Instrument.Verdict;
import io.tracegram.ledger.emission.InstrumentMatching.Matched;
import io.tracegram.ledger.emission.InstrumentMatching.Part;
import io.tracegram.ledger.emission.InstrumentMatching.Source;
import io.tracegram.ledger.emission.InstrumentMatching.Used;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.state.StateCodec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class InstrumentMatchingTest {
  private static final long HOUR = 3_600_000L;
  private static final long YEAR = 8_760 * HOUR;
  private static final long MWH = 1_000_000_000L;
  private static final Answer MET = new Answer(Verdict.MET, "seen");
  private static final EmissionFactor RESIDUAL = FactorSamples.perKwh("residual-de", "0.72456");
  private static final EmissionFactor AVERAGE = FactorSamples.perKwh("grid-de", "0.329");

  private static Map<QualityCriterion, Answer> allMet() {
    Map<QualityCriterion, Answer> answers = new EnumMap<>(QualityCriterion.class);
    for (QualityCriterion criterion : QualityCriterion.values()) {
      answers.put(criterion, MET);
    }
    return answers;
  }

  private static Instrument instrument(
      String id, Instrument.Type type, long volume, Optional<SortedMap<Long, Energy>> generation) {
    return new Instrument(
        id,
        type,
        new Energy(volume),
        0,
        YEAR,
        FactorSamples.perKwh(id, "0"),
        allMet(),
        MET,
        generation);
  }

  private static Instrument answering(QualityCriterion criterion, Answer answer) {
    Map<QualityCriterion, Answer> answers = allMet();
    answers.put(criterion, answer);
    return new Instrument(
        "go",
        Instrument.Type.CERTIFICATE,
        new Energy(MWH),
        0,
        YEAR,
        AVERAGE,
        answers,
        Answer.NONE,
        Optional.empty());
  }

  private static InstrumentMatching matching(Instrument... instruments) {
    return new InstrumentMatching(
        Scope2Policy.CURRENT, List.of(instruments), Optional.of(RESIDUAL), Optional.of(AVERAGE));
  }

  @Test
  void pricesWhatAContractAndCertificatesLeaveByTheResidualMix() {
    InstrumentMatching matching =
        matching(
            instrument("ppa", Instrument.Type.CONTRACT, 30 * MWH, Optional.empty()),
            instrument("go", Instrument.Type.CERTIFICATE, 40 * MWH, Optional.empty()));

    Matched matched = matching.month(0, YEAR, new Energy(100 * MWH), Used.NOTHING);

    assertThat(matched.parts())
        .containsExactly(
            new Part(
                new Source.OfInstrument("go", Instrument.Type.CERTIFICATE),
                new Energy(40 * MWH),
                Optional.of(Co2e.ZERO)),
            new Part(
                new Source.OfInstrument("ppa", Instrument.Type.CONTRACT),
                new Energy(30 * MWH),
                Optional.of(Co2e.ZERO)),
            new Part(
                new Source.ResidualMix("residual-de"),
                new Energy(30 * MWH),
                Optional.of(new Co2e(21_736_800_000_000L))));
    assertThat(matched.total()).as("21.7368 t").contains(new Co2e(21_736_800_000_000L));
    assertThat(AVERAGE.of(new Energy(100 * MWH)).kilograms()).as("LB").isEqualTo("32900");
  }

  @Test
  void coversAnHourOnlyWithTheSameHoursGeneration() {
    SortedMap<Long, Energy> hours = new TreeMap<>(Map.of(0L, new Energy(16), HOUR, new Energy(4)));
    InstrumentMatching matching =
        matching(instrument("go", Instrument.Type.CERTIFICATE, 20, Optional.of(hours)));

    Matched first = matching.hour(0, new Energy(10), Used.NOTHING);
    Matched second = matching.hour(HOUR, new Energy(10), first.used());
    Matched annual = matching.month(0, 2 * HOUR, new Energy(20), Used.NOTHING);

    assertThat(second.used().milliwattHours()).containsExactly(Map.entry("go", 14L));
    assertThat(first.uncovered()).isEqualTo(Energy.ZERO);
    assertThat(second.uncovered()).isEqualTo(new Energy(6));
    assertThat(annual.uncovered()).isEqualTo(Energy.ZERO);
  }

  @Test
  void carriesWhatIsUsedFromMonthToMonth() {
    InstrumentMatching matching =
        matching(instrument("go", Instrument.Type.CERTIFICATE, 15, Optional.empty()));

    Matched january = matching.month(0, 744 * HOUR, new Energy(10), Used.NOTHING);
    Used carried = StateCodec.read(Used.class, StateCodec.write(january.used()));
    Matched february = matching.month(744 * HOUR, 1_416 * HOUR, new Energy(10), carried);

    assertThat(february.uncovered()).isEqualTo(new Energy(5));
    assertThat(february.used().milliwattHours()).containsExactly(Map.entry("go", 15L));
  }

  @Test
  void leavesOutAnInstrumentNotValidForTheWholePeriod() {
    InstrumentMatching matching =
        matching(instrument("go", Instrument.Type.CERTIFICATE, 15, Optional.empty()));

    assertThat(matching.month(YEAR - HOUR, YEAR + HOUR, new Energy(10), Used.NOTHING).uncovered())
        .isEqualTo(new Energy(10));
  }

  @Test
  void countsAnInstrumentOnlyIfAllEightCriteriaAreMet() {
    for (QualityCriterion criterion : QualityCriterion.values()) {
      Instrument unanswered = answering(criterion, Answer.NONE);
      Instrument failing = answering(criterion, new Answer(Verdict.NOT_MET, "resold"));

      assertThat(unanswered.refusals(Scope2Policy.CURRENT))
          .containsExactly("unanswered: " + criterion.question());
      assertThat(failing.refusals(Scope2Policy.CURRENT))
          .containsExactly("not met: " + criterion.question() + " (resold)");
      assertThat(matching(failing).month(0, HOUR, new Energy(7), Used.NOTHING).uncovered())
          .isEqualTo(new Energy(7));
    }
    assertThat(QualityCriterion.values()).hasSize(8);
  }

  @Test
  void asksForDeliverabilityOnlyUnderTheProposedRevision() {
    Instrument instrument = answering(QualityCriterion.VINTAGE, MET);

    assertThat(instrument.refusals(Scope2Policy.CURRENT)).isEmpty();
    assertThat(instrument.refusals(Scope2Policy.PROPOSED_REVISION))
        .containsExactly("unanswered: its power can be delivered to the load");
  }

  @Test
  void flagsTheAverageAndNeverTakesNothingForZero() {
    InstrumentMatching average =
        new InstrumentMatching(
            Scope2Policy.CURRENT, List.of(), Optional.empty(), Optional.of(AVERAGE));
    InstrumentMatching nothing =
        new InstrumentMatching(Scope2Policy.CURRENT, List.of(), Optional.empty(), Optional.empty());

    assertThat(average.month(0, HOUR, new Energy(1_000_000), Used.NOTHING).parts())
        .containsExactly(
            new Part(
                new Source.GridAverageFlagged("grid-de"),
                new Energy(1_000_000),
                Optional.of(new Co2e(329_000_000))));
    assertThat(nothing.month(0, HOUR, new Energy(1), Used.NOTHING).total()).isEmpty();
    assertThat(nothing.month(0, HOUR, Energy.ZERO, Used.NOTHING).total()).contains(Co2e.ZERO);
  }

  @Test
  void refusesWhatCannotBe() {
    Instrument go = instrument("go", Instrument.Type.CERTIFICATE, 1, Optional.empty());

    assertThatIllegalArgumentException().isThrownBy(() -> matching(go, go));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matching(go).hour(1, new Energy(1), Used.NOTHING));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matching(go).month(0, HOUR, new Energy(-1), Used.NOTHING));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> instrument("go", Instrument.Type.CERTIFICATE, -1, Optional.empty()));
  }

  @Test
  void sumsQuartersToUtcHours() {
    SortedMap<Long, Energy> quarters = new TreeMap<>();
    for (int quarter = 3; quarter < 6; quarter++) {
      quarters.put(quarter * 900_000L, new Energy(quarter));
    }

    assertThat(HourlyEnergy.ofIntervals(quarters))
        .containsExactly(Map.entry(0L, new Energy(3)), Map.entry(HOUR, new Energy(9)));
  }

  @Property(tries = 200)
  void matchesNoMoreThanTheVolumeAndAllOfTheLoad(@ForAll long seed) {
    Random random = new Random(seed);
    List<Instrument> instruments = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      SortedMap<Long, Energy> hours = new TreeMap<>();
      for (long hour = 0; hour < 24; hour++) {
        hours.put(hour * HOUR, new Energy(random.nextInt(20)));
      }
      instruments.add(
          instrument(
              "i" + i,
              Instrument.Type.values()[random.nextInt(3)],
              random.nextInt(200),
              Optional.of(hours)));
    }
    InstrumentMatching matching = matching(instruments.toArray(Instrument[]::new));
    Used hourly = Used.NOTHING;
    Used annual = Used.NOTHING;
    for (long hour = 0; hour < 24; hour++) {
      Energy load = new Energy(random.nextInt(30));
      Matched byHour = matching.hour(hour * HOUR, load, hourly);
      Matched byVolume = matching.month(hour * HOUR, (hour + 1) * HOUR, load, annual);
      for (Matched matched : List.of(byHour, byVolume)) {
        assertThat(matched.parts().stream().mapToLong(part -> part.energy().milliwattHours()).sum())
            .isEqualTo(load.milliwattHours());
        assertThat(matched.total().orElseThrow().micrograms())
            .isEqualTo(
                matched.parts().stream()
                    .mapToLong(part -> part.co2e().orElseThrow().micrograms())
                    .sum());
      }
      hourly = byHour.used();
      annual = byVolume.used();
    }
    for (Instrument instrument : instruments) {
      assertThat(hourly.of(instrument)).isBetween(0L, instrument.volume().milliwattHours());
      assertThat(annual.of(instrument)).isBetween(0L, instrument.volume().milliwattHours());
    }
  }
}

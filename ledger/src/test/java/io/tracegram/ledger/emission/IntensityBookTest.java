package io.tracegram.ledger.emission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tracegram.ledger.emission.IntensityBook.Range;
import io.tracegram.ledger.emission.IntensitySeries.Slot;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.state.StateCodec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class IntensityBookTest {
  private static final long QUARTER = IntensitySeries.QUARTER;
  private static final long GRAM = 1_000_000_000L;

  private final IntensityBook book = new IntensityBook();

  @Test
  void postsOneKilowattHourAt263GramsWithItsMark() {
    book.take(FactorSamples.series(2 * QUARTER, List.of(new Slot(0, 263 * GRAM, true))));

    assertThat(book.post("grid-de", QUARTER, 2 * QUARTER, Energy.ofWattHours(1_000)))
        .contains(new IntensitySeries.Posting(new Co2e(263_000_000), true));
  }

  @Test
  void knowsNothingOfAnAbsentSlot() {
    book.take(
        FactorSamples.series(
            QUARTER, List.of(new Slot(0, GRAM, false), new Slot(2 * QUARTER, GRAM, false))));

    assertThat(book.post("grid-de", QUARTER, 2 * QUARTER, new Energy(1))).isEmpty();
    assertThat(book.post("other", 0, QUARTER, new Energy(1))).isEmpty();
    assertThat(book.at("grid-de", -1)).isEmpty();
  }

  @Test
  void roundsHalfToEvenOnce() {
    Slot half = new Slot(0, GRAM / 2, false);

    assertThat(half.of(new Energy(1)).co2e()).isEqualTo(new Co2e(0));
    assertThat(half.of(new Energy(3)).co2e()).isEqualTo(new Co2e(2));
    assertThat(half.of(new Energy(-3)).co2e()).isEqualTo(new Co2e(-2));
  }

  @Property
  void postsWhatExactDecimalsSay(
      @ForAll long energy, @ForAll @LongRange(min = 0) long nanogramsPerKwh) {
    Slot slot = new Slot(0, nanogramsPerKwh, false);
    BigDecimal exact =
        BigDecimal.valueOf(energy, 9)
            .multiply(BigDecimal.valueOf(nanogramsPerKwh))
            .setScale(0, RoundingMode.HALF_EVEN);
    if (exact.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> slot.of(new Energy(energy)));
    } else {
      assertThat(slot.of(new Energy(energy)).co2e().micrograms()).isEqualTo(exact.longValueExact());
    }
  }

  @Test
  void saysWhichTimesALaterDocumentChanges() {
    book.take(
        FactorSamples.series(
            4 * QUARTER, List.of(new Slot(0, 5, true), new Slot(4 * QUARTER, 6, false))));

    assertThat(
            book.take(
                FactorSamples.series(
                    QUARTER,
                    List.of(
                        new Slot(QUARTER, 5, false),
                        new Slot(2 * QUARTER, 7, true),
                        new Slot(3 * QUARTER, 5, true),
                        new Slot(5 * QUARTER, 8, false)))))
        .isEqualTo(
            new IntensityBook.Outcome.Taken(
                List.of(new Range(QUARTER, 3 * QUARTER), new Range(5 * QUARTER, 6 * QUARTER))));
    assertThat(book.at("grid-de", 4 * QUARTER)).contains(new Slot(4 * QUARTER, 6, false));
  }

  @Test
  void refusesAnotherBoundaryUnderTheSameId() {
    book.take(FactorSamples.series(QUARTER, List.of(new Slot(0, 5, false))));

    IntensityBook.Outcome outcome =
        book.take(
            new IntensitySeries(
                "grid-de",
                "DE",
                "life-cycle",
                "AR5",
                "s",
                "l",
                QUARTER,
                List.of(new Slot(0, 9, false))));

    assertThat(outcome).isInstanceOf(IntensityBook.Outcome.Refused.class);
    assertThat(outcome.toString()).contains("DE, generation, AR5, not of DE, life-cycle");
    assertThat(book.at("grid-de", 0)).contains(new Slot(0, 5, false));
  }

  @Test
  void doesNotHoldTheSameValuesOfAnotherGrid() {
    List<Slot> slots = List.of(new Slot(0, 5, false));
    IntensitySeries given = FactorSamples.series(QUARTER, slots);
    IntensitySeries other =
        new IntensitySeries("grid-de", "FR", "generation", "AR5", "a table", "CC0", QUARTER, slots);
    book.take(given);

    assertThat(book.holds(given)).isTrue();
    assertThat(book.refusal(given)).isEmpty();
    assertThat(book.holds(other)).isFalse();
    assertThat(book.refusal(other))
        .hasValueSatisfying(why -> assertThat(why).contains("not of FR"));
  }

  @Test
  void refusesAnIntervalAcrossQuarters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> book.post("grid-de", 1, QUARTER + 1, Energy.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> book.post("grid-de", QUARTER, QUARTER, Energy.ZERO));
  }

  @Property(tries = 100)
  void comesBackFromItsStateAndHoldsTheLatestOfEverySlot(@ForAll long seed) {
    Random random = new Random(seed);
    IntensityBook any = new IntensityBook();
    TreeMap<Long, Slot> latest = new TreeMap<>();
    for (int document = 0; document < 5; document++) {
      long step = QUARTER << random.nextInt(3);
      TreeMap<Long, Slot> slots = new TreeMap<>();
      for (int i = 0; i < 60; i++) {
        long start = step * random.nextInt(100);
        slots.put(start, new Slot(start, random.nextInt(4), random.nextBoolean()));
      }
      any.take(FactorSamples.series(step, new ArrayList<>(slots.values())));
      slots.forEach(
          (start, slot) -> {
            for (long at = start; at < start + step; at += QUARTER) {
              latest.put(at, new Slot(at, slot.nanogramsPerKwh(), slot.estimated()));
            }
          });
    }
    byte[] state = StateCodec.write(any.state());
    IntensityBook restored = IntensityBook.of(StateCodec.read(IntensityBook.State.class, state));

    assertThat(StateCodec.write(restored.state())).isEqualTo(state);
    for (long at = 0; at < 400 * QUARTER; at += QUARTER) {
      assertThat(restored.at("grid-de", at).orElse(null)).isEqualTo(latest.get(at));
    }
  }

  @Test
  void findsTheSlotOfASeriesThatHoldsAnIntervalWhole() {
    Slot first = new Slot(0, 1, false);
    Slot second = new Slot(8 * QUARTER, 2, false);
    IntensitySeries hours = FactorSamples.series(4 * QUARTER, List.of(first, second));

    assertThat(hours.slot(3 * QUARTER, 4 * QUARTER)).contains(first);
    assertThat(hours.slot(3 * QUARTER, 5 * QUARTER)).as("across its end").isEmpty();
    assertThat(hours.slot(4 * QUARTER, 5 * QUARTER)).as("absent").isEmpty();
    assertThat(hours.slot(8 * QUARTER, 9 * QUARTER)).contains(second);
    assertThat(hours.slot(12 * QUARTER, 13 * QUARTER)).isEmpty();
  }
}

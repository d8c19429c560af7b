package io.tracegram.ledger.emission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tracegram.ledger.emission.IntensitySeries.Slot;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.fuzz.Strictness;
import io.tracegram.ledger.quality.DataQualityRating;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FactorDocumentTest {
  private static final long QUARTER = IntensitySeries.QUARTER;

  @Test
  void givesBackASetOfFactors() {
    FactorSet set = FactorSamples.set();

    assertThat(FactorDocumentCodec.decode(FactorDocumentCodec.encode(set))).isEqualTo(set);
  }

  @Test
  void givesBackWhatIsStatedOfQualityAndWritesNothingElse() {
    List<Slot> slots = List.of(new Slot(0, 9, false));
    IntensitySeries plain = FactorSamples.series(QUARTER, slots);
    int length = FactorDocumentCodec.encode(plain).length;
    Optional<BigDecimal> percent = Optional.of(new BigDecimal("7.5"));
    Optional<DataQualityRating> rating = Optional.of(new DataQualityRating(1, 2, 3));

    assertThat(length).isEqualTo(lengthOf(plain, FactorQuality.NONE));
    assertThat(lengthOf(plain, new FactorQuality(percent, Optional.empty()))).isEqualTo(length + 3);
    assertThat(lengthOf(plain, new FactorQuality(Optional.empty(), rating))).isEqualTo(length + 3);
    assertThat(lengthOf(plain, new FactorQuality(percent, rating))).isEqualTo(length + 6);
  }

  private static int lengthOf(IntensitySeries plain, FactorQuality quality) {
    IntensitySeries series =
        new IntensitySeries(
            plain.id(),
            plain.zone(),
            plain.boundary(),
            plain.gwpSet(),
            plain.source(),
            plain.licence(),
            plain.stepMillis(),
            plain.slots(),
            quality);
    byte[] encoded = FactorDocumentCodec.encode(series);
    assertThat(FactorDocumentCodec.decode(encoded)).isEqualTo(series);
    return encoded.length;
  }

  @Test
  void refusesARatingBeyondPoorAndHalfAQuality() {
    byte[] encoded =
        FactorDocumentCodec.encode(
            new IntensitySeries(
                "grid",
                "DE",
                "generation",
                "AR5",
                "s",
                "l",
                QUARTER,
                List.of(),
                new FactorQuality(Optional.empty(), Optional.of(new DataQualityRating(1, 2, 3)))));
    byte[] worse = encoded.clone();
    worse[worse.length - 1] = 4;
    byte[] half = Arrays.copyOf(encoded, encoded.length - 2);
    half[0] = (byte) (half[0] - 2);

    assertThat(Strictness.refusal(() -> FactorDocumentCodec.decode(worse))).contains("outside [1");
    assertThat(Strictness.refusal(() -> FactorDocumentCodec.decode(half))).contains("1 are left");
  }

  @Property(tries = 200)
  void givesBackAnySeries(@ForAll long seed) {
    Random random = new Random(seed);
    long step = QUARTER << random.nextInt(3);
    List<Slot> slots = new ArrayList<>();
    long start = step * random.nextInt(1_000_000);
    for (int i = random.nextInt(200); i > 0; i--) {
      long value = random.nextInt(4) == 0 ? random.nextLong(Long.MAX_VALUE) : random.nextInt(3);
      slots.add(new Slot(start, value, random.nextInt(5) == 0));
      start += step * (random.nextInt(5) == 0 ? 1 + random.nextInt(50) : 1);
    }
    IntensitySeries series = FactorSamples.series(step, slots);

    assertThat(FactorDocumentCodec.decode(FactorDocumentCodec.encode(series))).isEqualTo(series);
  }

  @Test
  void keepsALeapYearOfQuartersWithin180Kilobytes() {
    Random random = new Random(1);
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < 35_136; i++) {
      slots.add(new Slot(i * QUARTER, (200_000L + random.nextInt(300_000)) * 1_000_000, false));
    }

    assertThat(FactorDocumentCodec.encode(FactorSamples.series(QUARTER, slots)).length)
        .isLessThan(180_000);
  }

  @Test
  void refusesEveryTruncationAndTrailingByte() {
    byte[] whole = FactorDocumentCodec.encode(FactorSamples.set());
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      Strictness.refusal(() -> FactorDocumentCodec.decode(cut));
    }
    Strictness.refusal(() -> FactorDocumentCodec.decode(Arrays.copyOf(whole, whole.length + 1)));
  }

  @Test
  void refusesColumnsThatHaveASecondForm() {
    assertThat(refusal(2, new long[] {2, 2}, new long[] {0, 2}, new long[] {2}))
        .as("values 2 and 4 by 2 have the common divisor 2")
        .contains("greatest common divisor");
    assertThat(refusal(5, new long[] {1, 0}, new long[] {0, 1, 0, 1}, new long[] {2}))
        .as("two runs that touch")
        .contains("outside [1");
    assertThat(refusal(5, new long[] {1, 0}, new long[] {0, 2}, new long[] {1, 0, 1}))
        .as("an empty run of estimates")
        .contains("outside [1");
  }

  @Test
  void refusesColumnsThatDisagreeOrOverflow() {
    assertThat(refusal(5, new long[] {1}, new long[] {0, 2}, new long[] {1})).contains("starts");
    assertThat(refusal(5, new long[] {1}, new long[] {}, new long[] {1})).contains("starts");
    assertThat(refusal(5, new long[] {1}, new long[] {0, 1}, new long[] {2})).contains("marks");
    assertThat(refusal(5, new long[] {-1}, new long[] {0, 1}, new long[] {1})).contains("negative");
    assertThat(refusal(Long.MAX_VALUE, new long[] {2, -1}, new long[] {0, 2}, new long[] {2}))
        .contains("overflow");
    assertThat(refusal(5, new long[] {1}, new long[] {Long.MAX_VALUE, 1}, new long[] {1}))
        .contains("overflow");
    assertThat(refusal(5, new long[] {1}, new long[] {1L << 50, 1}, new long[] {1}))
        .contains("overflow");
    assertThat(refusal(5, new long[] {1}, new long[] {1L << 40, 1}, new long[] {1}))
        .contains("1970 to 9999");
  }

  @Test
  void refusesDoubledFactorsAndOddSteps() {
    FactorSet.Entry entry = FactorSamples.entry(FactorSamples.perKwh("grid", "1"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new FactorSet("a", "b", "c", java.util.Optional.empty(), List.of(entry, entry)))
        .withMessageContaining("stands twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FactorSamples.series(600_000, List.of()))
        .withMessageContaining("15, 30 or 60 minutes");
  }

  private static String refusal(long divisor, long[] values, long[] runs, long[] marks) {
    CborWriter out = new CborWriter().array(9).integer(2).text("grid");
    for (int i = 0; i < 5; i++) {
      out.text("x");
    }
    out.integer(QUARTER).array(4).integer(divisor);
    for (long[] column : List.of(values, runs, marks)) {
      out.array(column.length);
      Arrays.stream(column).forEach(out::integer);
    }
    return Strictness.refusal(() -> FactorDocumentCodec.decode(out.toByteArray()));
  }
}

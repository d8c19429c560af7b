package io.tracegram.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SunSpecMapTest {
  private static final SunSpecMap INTEGERS = new SunSpecMap(203, 40_069, 40_002);
  private static final SunSpecMap FLOATS = new SunSpecMap(213, 40_069, 40_002);

  @Test
  void readsIntegersAtTheirScaleFactors() {
    byte[] span = integers(-1_234, 1, 123_456_789L, 250, -1);

    assertThat(INTEGERS.decode(span))
        .containsEntry(Quantity.POWER, new Decoded.Value(-12_340_000, 10_000)) // -1234 x 10 W
        .containsEntry(Quantity.ENERGY_IMPORT, new Decoded.Value(12_345_678_900L, 100)) // x 0.1 Wh
        .containsEntry(Quantity.ENERGY_EXPORT, new Decoded.Value(25_000, 100));
  }

  @Test
  void givesNothingThatTheMeterDoesNotHave() {
    byte[] span = integers(Short.MIN_VALUE, 0, 5, 0, 0);
    assertThat(INTEGERS.decode(span))
        .containsEntry(Quantity.POWER, new Decoded.NotAvailable())
        .containsEntry(Quantity.ENERGY_EXPORT, new Decoded.NotAvailable())
        .containsEntry(Quantity.ENERGY_IMPORT, new Decoded.Value(5_000, 1_000));

    byte[] unscaled = integers(7, 0, 5, 6, Short.MIN_VALUE);
    assertThat(INTEGERS.decode(unscaled))
        .containsEntry(Quantity.POWER, new Decoded.Value(7_000, 1_000))
        .containsEntry(Quantity.ENERGY_EXPORT, new Decoded.NotAvailable())
        .containsEntry(Quantity.ENERGY_IMPORT, new Decoded.NotAvailable());
  }

  @ParameterizedTest
  @CsvSource({
    "11, scale-factor",
    "-11, scale-factor",
    "32767, scale-factor",
    "-32767, scale-factor",
    "10, out-of-range", // 2^32 - 1 times 10 GWh
  })
  void refusesAnEnergyThatIsScaledBeyondReason(int factor, String code) {
    byte[] span = integers(1, 0, 0xFFFF_FFFFL, 1, factor);

    assertThat(INTEGERS.decode(span).get(Quantity.ENERGY_IMPORT))
        .isInstanceOfSatisfying(
            Decoded.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  @Test
  void readsFloatsAndLeavesOutWhatIsNoNumber() {
    ByteBuffer span = ByteBuffer.allocate(2 * FLOATS.span().words());
    span.putFloat(2 * 28, 978.25f).putInt(2 * 60, 0x7FC0_0000).putFloat(2 * 68, 12_345_678f);

    assertThat(FLOATS.decode(span.array()))
        .containsEntry(Quantity.POWER, new Decoded.Value(978_250, 1))
        .containsEntry(Quantity.ENERGY_EXPORT, new Decoded.NotAvailable())
        .containsEntry(Quantity.ENERGY_IMPORT, new Decoded.Value(12_345_678_000L, 1_000));
  }

  @Test
  void refusesAFloatThatCannotBeAnEnergy() {
    ByteBuffer span = ByteBuffer.allocate(2 * FLOATS.span().words());
    span.putFloat(2 * 60, Float.POSITIVE_INFINITY).putFloat(2 * 68, -1f);

    assertThat(FLOATS.decode(span.array()).get(Quantity.ENERGY_EXPORT))
        .isInstanceOf(Decoded.Refused.class);
    assertThat(FLOATS.decode(span.array()).get(Quantity.ENERGY_IMPORT))
        .isInstanceOf(Decoded.Refused.class);
  }

  @Test
  void noticesThatTheModelIsElsewhere() {
    byte[] span = integers(1, 0, 1, 1, 0);
    assertThat(INTEGERS.holds(span)).isTrue();
    assertThat(INTEGERS.holds(ByteBuffer.wrap(span).putShort(0, (short) 103).array())).isFalse();
  }

  /** Any count that mWh can hold: the value over its resolution is the count, without rounding. */
  @Property
  void aStepIsWhatTheScaleFactorSays(
      @ForAll @LongRange(min = 1, max = 0xFFFF_FFFFL) long count,
      @ForAll @IntRange(min = -3, max = 6) int factor) {
    Decoded decoded = INTEGERS.decode(integers(0, 0, count, 0, factor)).get(Quantity.ENERGY_IMPORT);

    BigInteger step = BigInteger.TEN.pow(factor + 3);
    assertThat(decoded)
        .isEqualTo(
            new Decoded.Value(
                BigInteger.valueOf(count).multiply(step).longValueExact(), step.longValueExact()));
  }

  private static byte[] integers(
      int power, int powerFactor, long imported, long exported, int energyFactor) {
    return ByteBuffer.allocate(2 * INTEGERS.span().words())
        .putShort(0, (short) 203)
        .putShort(2, (short) 105)
        .putShort(2 * 18, (short) power)
        .putShort(2 * 22, (short) powerFactor)
        .putInt(2 * 38, (int) exported)
        .putInt(2 * 46, (int) imported)
        .putShort(2 * 54, (short) energyFactor)
        .array();
  }
}

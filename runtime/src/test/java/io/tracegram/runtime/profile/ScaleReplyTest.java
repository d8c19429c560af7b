package io.tracegram.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.profile.ScaleProfile.Protocol;
import java.math.BigDecimal;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleReplyTest {
  /** Any weight that a display of eight characters can show comes back to the milligram. */
  @Property(tries = 300)
  void givesTheWeightThatIsShown(
      @ForAll Protocol protocol,
      @ForAll @IntRange(min = 1, max = 9_999_999) int counts,
      @ForAll @IntRange(min = 0, max = 3) int decimals) {
    BigDecimal shown = BigDecimal.valueOf(counts, decimals);
    Mass grams = new Mass(shown.movePointRight(3).longValueExact());
    Mass kilograms = new Mass(shown.movePointRight(6).longValueExact());

    assertThat(ScaleReply.read(protocol, line(protocol, shown, "g")))
        .isEqualTo(new ScaleReply.Weighed(grams));
    assertThat(ScaleReply.read(protocol, line(protocol, shown, "kg")))
        .isEqualTo(new ScaleReply.Weighed(kilograms));
  }

  /** Whatever a line lost at its beginning, it does not become another weight. */
  @Property(tries = 300)
  void neverGivesAnotherWeightFromTheRestOfALine(
      @ForAll Protocol protocol,
      @ForAll @IntRange(min = 1, max = 9_999_999) int counts,
      @ForAll @IntRange(min = 1, max = 16) int lost) {
    BigDecimal shown = BigDecimal.valueOf(counts, 2);
    String line = line(protocol, shown, "kg");

    if (ScaleReply.read(protocol, line.substring(Math.min(lost, line.length())))
        instanceof ScaleReply.Weighed(var mass)) {
      assertThat(mass).isEqualTo(new Mass(shown.movePointRight(6).longValueExact()));
    }
  }

  private static String line(Protocol protocol, BigDecimal shown, String unit) {
    String number = shown.toPlainString();
    return switch (protocol) {
      case MT_SICS -> String.format(Locale.ROOT, "S S %10s %s", number, unit);
      case SBI -> String.format(Locale.ROOT, "+ %8s %-3s", number, unit);
      case A_AND_D ->
          "ST,+" + "0".repeat(8 - number.length()) + number + String.format("%3s", unit);
      case OHAUS -> String.format(Locale.ROOT, "%11s %s", number, unit);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "SBI, '+   123.56 t  ', 123560000000",
    "SBI, '    123.56 g', 123560",
    "SBI, '+    12356 mg ', 12356",
    "A_AND_D, 'ST,HI,+0001.234 kg', 1234000",
    "A_AND_D, 'ST,G ,+0001.23kg', 1230000",
    "OHAUS, '    12.34 kg    G', 12340000",
    "OHAUS, '   12345.678 g', 12345678"
  })
  void readsEachLayout(Protocol protocol, String line, long milligrams) {
    assertThat(ScaleReply.read(protocol, line))
        .isEqualTo(new ScaleReply.Weighed(new Mass(milligrams)));
  }

  @ParameterizedTest
  @CsvSource({
    "SBI, '+  123.56 kg ', the number ends a column early",
    "SBI, '+   123.56kg  ', no space before the unit",
    "SBI, '+   123,56 kg ', a comma",
    "SBI, '+   123.5[6]kg', a digit that is not verified",
    "SBI, 'N     +   123.56 kg  X', too long",
    "A_AND_D, 'ST,00123.45  g', no sign",
    "A_AND_D, 'ST,+00123.45', no unit",
    "A_AND_D, 'ST,XX,+0001.234 kg', an unknown header",
    "A_AND_D, 'XX,+0001.234 kg', an unknown header",
    "OHAUS, '123.45 kg', a number that lost its columns",
    "OHAUS, '      1.2.3 kg', two points",
    "OHAUS, '      12.34kg', no space before the unit"
  })
  void readsNoOther(Protocol protocol, String line, String why) {
    assertThat(ScaleReply.read(protocol, line)).as(why).isEqualTo(new ScaleReply.Unreadable());
  }

  @ParameterizedTest
  @CsvSource({
    "SBI, '+  0.00049 mg ', weight.resolution",
    "A_AND_D, 'ST,-0001.234 kg', weight.not-positive",
    "A_AND_D, 'ST,TR,+0001.234 kg', weight.other",
    "A_AND_D, 'ST,+0001.234 lb', weight.unit",
    "OHAUS, '       1.234 t', weight.unit",
    "OHAUS, '       1.234 lb:oz', weight.unit"
  })
  void refusesWhatIsNoWeightOfGoods(Protocol protocol, String line, String code) {
    assertThat(ScaleReply.read(protocol, line))
        .isInstanceOfSatisfying(
            ScaleReply.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}

package io.tracegram.runtime.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.quantity.Co2e;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RoundedPartsTest {
  /** The Polestar 4 declaration: 11.8 + 7.6 + 0.5 = 19.9 t, with two motors 13.3 + … = 21.4 t. */
  @Test
  void thePartsOfADeclarationAddUpToItsTotal() {
    RoundedParts single = of(1, "11.8", "7.6", "0.5");
    RoundedParts dual = of(1, "13.3", "7.6", "0.5");

    assertThat(single.total().exact()).isEqualTo("19.9");
    assertThat(single.rounded()).containsExactly(decimals("11.8", "7.6", "0.5"));
    assertThat(dual.total().exact()).isEqualTo("21.4");
    assertThat(dual.rounded()).containsExactly(decimals("13.3", "7.6", "0.5"));
  }

  /** 4.5 is rounded to 4; 1.8, 1.4 and 1.3 would be 2 + 1 + 1. 4.8 is 5; 1.6 thrice would be 6. */
  @Test
  void theLargestRemaindersTakeWhatIsLeft() {
    assertThat(of(0, "1.8", "1.4", "1.3").rounded()).containsExactly(decimals("2", "1", "1"));
    assertThat(of(0, "1.6", "1.6", "1.6").rounded()).containsExactly(decimals("2", "2", "1"));
    assertThat(of(0, "1.4", "1.4", "1.4").rounded()).containsExactly(decimals("2", "1", "1"));
  }

  @Property(tries = 300)
  void addUpAndStayWithinAStep(
      @ForAll @Size(min = 1, max = 8) List<@LongRange(max = 1_000_000_000_000L) Long> micrograms,
      @ForAll @IntRange(max = 9) int decimals) {
    List<Co2e> exact = micrograms.stream().map(Co2e::new).toList();
    RoundedParts parts = RoundedParts.of(exact, decimals);
    BigDecimal total = BigDecimal.valueOf(micrograms.stream().mapToLong(Long::longValue).sum(), 9);

    assertThat(parts.rounded().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(total.setScale(decimals, RoundingMode.HALF_EVEN));
    for (int i = 0; i < exact.size(); i++) {
      assertThat(BigDecimal.valueOf(micrograms.get(i), 9).subtract(parts.rounded().get(i)).abs())
          .isLessThan(BigDecimal.ONE.movePointLeft(decimals));
    }
  }

  private static RoundedParts of(int decimals, String... kilograms) {
    return RoundedParts.of(
        Stream.of(kilograms)
            .map(part -> new Co2e(new BigDecimal(part).movePointRight(9).longValueExact()))
            .toList(),
        decimals);
  }

  private static BigDecimal[] decimals(String... values) {
    return Stream.of(values).map(BigDecimal::new).toArray(BigDecimal[]::new);
  }
}

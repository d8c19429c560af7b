package io.tracegram.runtime.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DecimalKeyTest {
  /** By hand, ascending. */
  private static final List<String> ASCENDING =
      List.of(
          "-1e999", "-100", "-99.5", "-12", "-10.01", "-10", "-1.23", "-1.2", "-1", "-0.5", "-0.05",
          "-1e-999", "0", "1e-999", "0.05", "0.5", "0.9", "1", "1.2", "1.23", "9", "10", "10.01",
          "12", "99.5", "100", "1e999");

  @Test
  void keysSortAsTheirDecimalsDo() {
    List<String> shuffled = new ArrayList<>(ASCENDING);
    Collections.reverse(shuffled);
    shuffled.sort(Comparator.comparing(text -> DecimalKey.of(new BigDecimal(text))));
    assertThat(shuffled).isEqualTo(ASCENDING);
  }

  @Test
  void oneValueHasOneKeyHoweverItIsWritten() {
    assertThat(DecimalKey.of(new BigDecimal("1500.00")))
        .isEqualTo(DecimalKey.of(new BigDecimal("1.5e3")));
    assertThat(DecimalKey.of(new BigDecimal("-0.000"))).isEqualTo(DecimalKey.of(BigDecimal.ZERO));
  }

  @Property
  void theOrderOfKeysIsTheOrderOfDecimals(
      @ForAll("decimals") BigDecimal one, @ForAll("decimals") BigDecimal other) {
    assertThat(Integer.signum(DecimalKey.of(one).compareTo(DecimalKey.of(other))))
        .isEqualTo(one.compareTo(other));
  }

  /** Values that differ in their last digit only, where an order by prefixes would go wrong. */
  @Property
  void neighboursAreKeptApart(@ForAll("decimals") BigDecimal one) {
    BigDecimal next = one.add(one.ulp());
    assertThat(DecimalKey.of(one)).isLessThan(DecimalKey.of(next));
  }

  @Provide
  Arbitrary<BigDecimal> decimals() {
    Arbitrary<BigInteger> digits =
        Arbitraries.oneOf(
            Arbitraries.bigIntegers()
                .between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40)),
            Arbitraries.bigIntegers().between(BigInteger.valueOf(-120), BigInteger.valueOf(120)));
    Arbitrary<Integer> scales =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-3, 3), Arbitraries.integers().between(-1_040, 1_040));
    return Combinators.combine(digits, scales).as(BigDecimal::new);
  }
}

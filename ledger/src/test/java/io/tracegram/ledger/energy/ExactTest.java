package io.tracegram.ledger.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class ExactTest {
  @Example
  void takesAThirdOfAProductBeyond64Bits() {
    assertThat(Exact.share(3_000_000_000_000_000_000L, 10, 30))
        .isEqualTo(1_000_000_000_000_000_000L);
  }

  @Property
  void isTheQuotientOfBigNumbersOrRefuses(
      @ForAll @LongRange(min = 0) long a,
      @ForAll @LongRange(min = 0) long b,
      @ForAll @LongRange(min = 1, max = (1L << 47) - 1) long divisor) {
    BigInteger quotient =
        BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).divide(BigInteger.valueOf(divisor));
    if (quotient.bitLength() < 64) {
      assertThat(Exact.share(a, b, divisor)).isEqualTo(quotient.longValueExact());
    } else {
      assertThatThrownBy(() -> Exact.share(a, b, divisor))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("exceeds 63 bits");
    }
  }

  @Property
  void isExactWhereTheProductNeedsAllBits(
      @ForAll @LongRange(min = 1, max = (1L << 47) - 1) long divisor,
      @ForAll @LongRange(min = 0) long a,
      @ForAll @LongRange(min = 0, max = 100) long below) {
    long b = Math.max(0, divisor - below);
    assertThat(Exact.share(a, b, divisor))
        .isEqualTo(
            BigInteger.valueOf(a)
                .multiply(BigInteger.valueOf(b))
                .divide(BigInteger.valueOf(divisor))
                .longValueExact());
  }
}

package io.tracegram.ledger.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LargestRemainderTest {
  @Test
  void givesTheUnitLeftOverToTheFirstOfEqualLots() {
    assertThat(LargestRemainder.partition(349_674_358L, List.of(1L, 1L, 1L)))
        .containsExactly(116_558_120L, 116_558_119L, 116_558_119L);
  }

  @Property
  void addsUpExactlyAndStaysWithinOneUnitOfTheShare(
      @ForAll long amount,
      @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 0, max = 1L << 50) Long> weights) {
    long total = weights.stream().mapToLong(Long::longValue).sum();
    if (total == 0 || amount == Long.MIN_VALUE) {
      return;
    }
    long[] parts = LargestRemainder.partition(amount, weights);

    assertThat(Arrays.stream(parts).sum()).isEqualTo(amount);
    for (int i = 0; i < parts.length; i++) {
      double share = (double) amount * weights.get(i) / total;
      assertThat((double) parts[i]).isCloseTo(share, offset(2 + Math.abs(share) * 1e-12));
    }
  }

  @Property
  void theShortWayGivesWhatTheLongOneGives(
      @ForAll long amount,
      @ForAll @Size(min = 1, max = 8) List<@LongRange(min = 0, max = 1L << 45) Long> weights,
      @ForAll @LongRange(min = 0, max = 44) long shift) {
    long[] given = weights.stream().mapToLong(weight -> weight >> shift).toArray();
    if (Arrays.stream(given).sum() == 0 || amount == Long.MIN_VALUE) {
      return;
    }
    assertThat(LargestRemainder.partition(amount >> shift, given))
        .isEqualTo(LargestRemainder.inBigIntegers(amount >> shift, given));
  }
}

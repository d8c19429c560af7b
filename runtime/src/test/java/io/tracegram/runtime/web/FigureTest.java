package io.tracegram.runtime.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FigureTest {
  @Test
  void groupsDigitsAndKeepsTheExactValueBesideTheRoundedOne() {
    Figure figure = Figure.kilowattHours(new Energy(959_636_710_000L), 1);
    assertThat(figure.exact()).isEqualTo("959636.71");
    assertThat(figure.shown()).isEqualTo("959\u202F636.7");
  }

  @Test
  void neverShowsAnAmountAsZero() {
    assertThat(Figure.of(new BigDecimal("0.004"), 2, "kg").shown()).isEqualTo("<0.01");
    assertThat(Figure.of(BigDecimal.ZERO, 2, "kg").shown()).isEqualTo("0.00");
  }

  @Test
  void roundedPartsAddUpToTheRoundedTotal() {
    // 0.333 + 0.333 + 0.334 would each round to 0.33: one hundredth would be lost.
    RoundedParts rounded =
        RoundedParts.of(
            List.of(new Co2e(333_000_000), new Co2e(333_000_000), new Co2e(334_000_000)), 2);
    assertThat(rounded.total().shown()).isEqualTo("1.00");
    assertThat(rounded.parts()).extracting(Figure::shown).containsExactly("0.33", "0.33", "0.34");
  }

  @Test
  void roundedPartsAddUpWhateverTheParts() {
    Random random = new Random(7);
    for (int run = 0; run < 2_000; run++) {
      List<Co2e> exact =
          random.longs(1 + random.nextInt(6), 0, 40_000_000_000L).mapToObj(Co2e::new).toList();
      RoundedParts rounded = RoundedParts.of(exact, 2);
      BigDecimal sum =
          rounded.parts().stream().map(FigureTest::shown).reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(sum).isEqualByComparingTo(shown(rounded.total()));
    }
  }

  private static BigDecimal shown(Figure figure) {
    return figure.shown().startsWith("<")
        ? BigDecimal.ZERO
        : new BigDecimal(figure.shown().replace("\u202F", ""));
  }
}

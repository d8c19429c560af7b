package io.tracegram.runtime.web;

import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A total and its parts, rounded so that the rounded parts still add up to the rounded total
 * (largest remainder, ties to the earlier part). Immutable.
 *
 * @param parts in the order they were given
 * @param rounded the parts' rounded values, kg
 * @param decimals of a kilogram
 */
public record RoundedParts(
    Figure total, List<Figure> parts, List<BigDecimal> rounded, int decimals) {
  private static final String UNIT = "kg CO₂e";

  public RoundedParts {
    parts = List.copyOf(parts);
    rounded = List.copyOf(rounded);
  }

  /** Returns the sum of the parts from {@code first} on, as they are shown. */
  public Figure sumFrom(int first) {
    BigDecimal exact =
        parts.stream()
            .skip(first)
            .map(part -> new BigDecimal(part.exact()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal shown = rounded.stream().skip(first).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Figure(Decimals.canonical(exact), Figure.of(shown, decimals, UNIT).shown(), UNIT);
  }

  /**
   * Rounds for reading.
   *
   * @param exact at least one part
   * @param decimals of a kilogram, [0, 9]
   */
  public static RoundedParts of(List<Co2e> exact, int decimals) {
    BigDecimal total =
        exact.stream().map(RoundedParts::kilograms).reduce(BigDecimal::add).orElseThrow();
    BigDecimal roundedTotal = total.setScale(decimals, RoundingMode.HALF_EVEN);
    List<BigDecimal> floors = new ArrayList<>();
    for (Co2e part : exact) {
      floors.add(kilograms(part).setScale(decimals, RoundingMode.FLOOR));
    }
    int missing =
        roundedTotal
            .subtract(floors.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
            .unscaledValue()
            .intValueExact();
    List<Integer> byRemainder =
        IntStream.range(0, exact.size())
            .boxed()
            .sorted(
                Comparator.comparing(
                    (Integer i) -> kilograms(exact.get(i)).subtract(floors.get(i)),
                    Comparator.reverseOrder()))
            .limit(missing)
            .toList();
    List<Figure> parts = new ArrayList<>();
    List<BigDecimal> rounded = new ArrayList<>();
    for (int i = 0; i < exact.size(); i++) {
      BigDecimal part =
          byRemainder.contains(i)
              ? floors.get(i).add(BigDecimal.ONE.movePointLeft(decimals))
              : floors.get(i);
      rounded.add(part);
      parts.add(
          new Figure(exact.get(i).kilograms(), Figure.of(part, decimals, UNIT).shown(), UNIT));
    }
    return new RoundedParts(Figure.of(total, decimals, UNIT), parts, rounded, decimals);
  }

  /** Returns how many decimals of a kilogram give a total three or four digits, in [0, 6]. */
  public static int decimalsFor(Co2e total) {
    long kilograms = Math.abs(total.micrograms() / 1_000_000_000L);
    if (kilograms >= 1_000) {
      return 0;
    }
    if (kilograms >= 100) {
      return 1;
    }
    if (kilograms >= 1) {
      return 2;
    }
    return Math.abs(total.micrograms()) >= 10_000_000L ? 3 : 6;
  }

  private static BigDecimal kilograms(Co2e co2e) {
    return BigDecimal.valueOf(co2e.micrograms(), 9);
  }
}

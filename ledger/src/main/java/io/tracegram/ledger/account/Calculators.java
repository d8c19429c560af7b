package io.tracegram.ledger.account;

import java.util.List;
import java.util.Optional;

/** The calculators that a program knows, the newest last. Immutable. */
public record Calculators(List<Calculator> known) {
  /** All that were ever released. */
  public static final Calculators RELEASED = new Calculators(List.of(new CalculatorOne()));

  public Calculators {
    known = List.copyOf(known);
    for (int i = 1; i < known.size(); i++) {
      if (known.get(i).version() <= known.get(i - 1).version()) {
        throw new IllegalArgumentException("calculators stand in the order of their versions");
      }
    }
  }

  /** Returns the calculator that a log begins with when it names none. */
  public Calculator first() {
    return known.getFirst();
  }

  public Calculator newest() {
    return known.getLast();
  }

  public Optional<Calculator> version(int version) {
    return known.stream().filter(calculator -> calculator.version() == version).findFirst();
  }
}

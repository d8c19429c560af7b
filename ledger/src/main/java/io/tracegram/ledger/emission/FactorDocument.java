package io.tracegram.ledger.emission;

import java.util.regex.Pattern;

/** What a {@code factor-set} leaf carries: the inputs that price energy and fuel. */
public sealed interface FactorDocument permits FactorSet, IntensitySeries, InstrumentPortfolio {
  /** The form of {@link #id()}. */
  Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");

  /** The name by which a plant refers to it. */
  String id();
}

package io.tracegram.runtime.factor;

import java.util.List;
import java.util.Locale;

/** Recognises marginal intensities, which no location-based account may use. Stateless. */
public final class MarginalSignal {
  /** Why they are refused, and what to do. */
  public static final String REASON =
      "is a marginal signal: it says what one kWh more would cause, and location-based accounts"
          + " need the grid's average (GHG Protocol Scope 2 Guidance): take an average intensity";

  private static final List<String> WORDS =
      List.of("marginal", "moer", "watttime", "point_time", "signal_type");

  private MarginalSignal() {}

  /** Says whether a name, a boundary or a type of a signal tells of one. */
  public static boolean isNamedIn(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(lower::contains);
  }
}

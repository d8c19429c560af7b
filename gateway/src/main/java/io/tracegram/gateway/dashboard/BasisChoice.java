package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.runtime.web.RequestRefused;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which bases an answer shows. Immutable.
 *
 * @param one empty for the basis that figures are shown on alone
 * @param all whether every basis is shown side by side
 */
record BasisChoice(Optional<Basis> one, boolean all) {
  /**
   * Reads a basis, such as {@code LB_ANNUAL} or {@code lb-annual}, or {@code all}.
   *
   * @throws RequestRefused if there is no such basis
   */
  static BasisChoice parse(Optional<String> text) {
    if (text.isEmpty()) {
      return new BasisChoice(Optional.empty(), false);
    }
    String name = text.get().toUpperCase(Locale.ROOT).replace('-', '_');
    if (name.equals("ALL")) {
      return new BasisChoice(Optional.empty(), true);
    }
    Optional<Basis> known =
        Arrays.stream(Basis.values()).filter(basis -> basis.name().equals(name)).findFirst();
    if (known.isEmpty()) {
      throw RequestRefused.bad(
          "there is no such basis; there are "
              + Arrays.stream(Basis.values()).map(Enum::name).collect(Collectors.joining(", "))
              + " and all");
    }
    return new BasisChoice(known, false);
  }

  /** Returns what a basis is called in words. */
  static String words(Basis basis) {
    return switch (basis) {
      case LB_ANNUAL, LB_HOURLY -> "location-based";
      case MB_ANNUAL, MB_HOURLY -> "market-based";
      case PCF_LIFECYCLE -> "life-cycle";
    };
  }
}

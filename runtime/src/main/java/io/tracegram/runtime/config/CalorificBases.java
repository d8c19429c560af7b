package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.EmissionFactor.Unit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds gross and net calorific values that were taken for each other: the same fuel has more kWh
 * on its gross value, so less CO2e in each. Single-threaded.
 */
final class CalorificBases {
  private final Map<String, EmissionFactor> gross = new LinkedHashMap<>();
  private final Map<String, EmissionFactor> net = new LinkedHashMap<>();

  /** Holds a factor against its name, and against the same fuel's other one. */
  void check(YamlMap yaml, EmissionFactor factor) {
    boolean isGross = factor.unit() == Unit.KWH_GROSS;
    boolean isNet = factor.unit() == Unit.KWH_NET;
    if ((names(factor, "gross") && !isGross) || (names(factor, "net") && !isNet)) {
      yaml.error(
          "id",
          "gross-net",
          "'" + factor.id() + "' names another calorific basis than its value's key");
      return;
    }
    if (!isGross && !isNet) {
      return;
    }
    String fuel = fuel(factor);
    (isGross ? gross : net).put(fuel, factor);
    EmissionFactor lower = gross.get(fuel);
    EmissionFactor higher = net.get(fuel);
    if (lower != null && higher != null && lower.kgPerUnit().compareTo(higher.kgPerUnit()) > 0) {
      yaml.error(
          "id",
          "gross-net",
          "'%s' (%s per kWh gross) is larger than '%s' (%s per kWh net): were they swapped?"
              .formatted(lower.id(), lower.kgPerUnit(), higher.id(), higher.kgPerUnit()));
    }
  }

  private static boolean names(EmissionFactor factor, String basis) {
    return Arrays.asList(factor.id().split("-", -1)).contains(basis);
  }

  /** Returns what two factors of one fuel have in common. */
  private static String fuel(EmissionFactor factor) {
    String stem =
        Arrays.stream(factor.id().split("-", -1))
            .filter(word -> !word.equals("gross") && !word.equals("net"))
            .collect(Collectors.joining("-"));
    return String.join(" ", stem, factor.edition(), factor.boundary());
  }
}

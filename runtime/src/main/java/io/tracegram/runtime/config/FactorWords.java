package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.EmissionFactor.Unit;
import io.tracegram.runtime.factor.MarginalSignal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words in which factors are described, closed lists all. Stateless. */
public final class FactorWords {
  private static final Set<Unit> ELECTRICITY = Set.of(Unit.KWH);
  private static final Set<Unit> FUEL =
      Set.of(Unit.KWH_GROSS, Unit.KWH_NET, Unit.KG, Unit.CUBIC_METRE, Unit.LITRE);
  private static final Set<Unit> FUEL_OR_TRANSPORT =
      Set.of(Unit.KWH_GROSS, Unit.KWH_NET, Unit.KG, Unit.CUBIC_METRE, Unit.LITRE, Unit.TONNE_KM);
  private static final Set<Unit> GOODS = Set.of(Unit.KG, Unit.CUBIC_METRE, Unit.LITRE, Unit.PIECE);
  private static final Set<String> FUELS =
      Set.of(
          "gas",
          "biogas",
          "lpg",
          "lng",
          "cng",
          "propane",
          "butane",
          "diesel",
          "petrol",
          "oil",
          "kerosene",
          "coal",
          "coke",
          "wood",
          "biomass",
          "fuel");
  private static final Map<String, Set<Unit>> UNITS = units();
  private static final Map<String, String> GWP_SETS = named("SAR", "TAR", "AR4", "AR5", "AR6");

  private FactorWords() {}

  private static Map<String, Set<Unit>> units() {
    Map<String, Set<Unit>> units = new LinkedHashMap<>();
    units.put("generation", ELECTRICITY);
    units.put("residual-mix", ELECTRICITY);
    units.put("supplier-rate", ELECTRICITY);
    units.put("transmission-losses", ELECTRICITY);
    units.put("heat-supply", ELECTRICITY);
    units.put("combustion", FUEL);
    units.put("well-to-tank", FUEL_OR_TRANSPORT);
    units.put("tank-to-wheel", FUEL_OR_TRANSPORT);
    units.put("well-to-wheel", FUEL_OR_TRANSPORT);
    units.put("cradle-to-gate", GOODS);
    units.put("direct-release", Set.of(Unit.KG));
    units.put("life-cycle", Set.of(Unit.values()));
    return units;
  }

  private static Map<String, String> named(String... names) {
    Map<String, String> named = new LinkedHashMap<>();
    for (String name : names) {
      named.put(name, name);
    }
    return named;
  }

  /** Reads what a factor includes; a marginal signal is refused by its name. */
  static String boundary(YamlMap yaml) {
    return yaml.value("boundary", FactorWords::boundary, "");
  }

  /**
   * Returns what an intensity of electricity includes.
   *
   * @throws IllegalArgumentException if no intensity of electricity is described so
   */
  public static String electricityBoundary(String text) {
    String boundary = boundary(text);
    if (!isOfElectricity(boundary)) {
      throw new IllegalArgumentException("'" + text + "' is no boundary of electricity");
    }
    return boundary;
  }

  /**
   * Returns the name of a set of global warming potentials.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static String gwpSet(String text) {
    return Scalars.oneOf(text, GWP_SETS);
  }

  private static String boundary(String text) {
    if (MarginalSignal.isNamedIn(text)) {
      throw new IllegalArgumentException(MarginalSignal.REASON);
    }
    Map<String, String> words = new LinkedHashMap<>();
    UNITS.keySet().forEach(word -> words.put(word, word));
    return Scalars.oneOf(text, words);
  }

  /** Reads the set of global warming potentials that a factor rests on. */
  static String gwp(YamlMap yaml) {
    return yaml.value("gwp", FactorWords::gwpSet, "");
  }

  /** Reports a factor whose name or source tells of a marginal signal. */
  static void refuseMarginal(YamlMap yaml, EmissionFactor factor) {
    if (MarginalSignal.isNamedIn(factor.id()) || MarginalSignal.isNamedIn(factor.source())) {
      yaml.error("id", "marginal-signal", "'" + factor.id() + "' " + MarginalSignal.REASON);
    }
  }

  /** Says whether a factor of this boundary can be per this unit. */
  static boolean fits(String boundary, Unit unit) {
    return UNITS.getOrDefault(boundary, Set.of(Unit.values())).contains(unit);
  }

  /** Says whether electricity can have a factor of this boundary. */
  static boolean isOfElectricity(String boundary) {
    return fits(boundary, Unit.KWH) && !boundary.equals("heat-supply");
  }

  /** Says whether a factor's id tells that it is of a fuel. */
  static boolean namesFuel(String id) {
    return Arrays.stream(id.split("-", -1)).anyMatch(FUELS::contains);
  }

  /** Returns the keys of the units that fit, in the order of the units. */
  static List<String> fitting(String boundary, Map<String, Unit> keys) {
    return keys.entrySet().stream()
        .filter(key -> fits(boundary, key.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }
}

package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.plant.Transport;
import io.tracegram.ledger.plant.Transport.Distance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the routes by which material comes in. Single-threaded, used once. */
final class TransportReader {
  private static final Pattern FACILITY = Pattern.compile("[a-z0-9-]{1,40}");
  private static final BigDecimal METRES = BigDecimal.valueOf(1_000);
  private static final BigDecimal MOST_KILOMETRES =
      BigDecimal.valueOf(Distance.MOST_METRES / 1_000);
  private static final BigDecimal NO_DETOUR = BigDecimal.ONE;
  private static final BigDecimal MOST_DETOUR = BigDecimal.valueOf(5);

  private final FactorReader factors;
  private final References materials;
  private final Map<String, Integer> routes = new LinkedHashMap<>();
  private final List<Transport.Route> read = new ArrayList<>();

  /**
   * @param materials those of the plant
   */
  TransportReader(FactorReader factors, References materials) {
    this.factors = factors;
    this.materials = materials;
  }

  /** Returns the routes without those of which a problem was reported. */
  Transport read(YamlList list) {
    list.maps().forEach(this::route);
    return new Transport(read);
  }

  /** Returns the materials that some route names. */
  Set<String> named() {
    Set<String> named = new TreeSet<>();
    read.forEach(route -> named.addAll(route.materials()));
    return named;
  }

  private void route(YamlMap yaml) {
    int before = yaml.diagnostics().errorCount();
    String from = yaml.text("from");
    List<String> gtins = new ArrayList<>();
    for (YamlText gtin : yaml.optionalList("materials").texts()) {
      material(yaml, gtin);
      gtins.add(gtin.text());
    }
    if (gtins.isEmpty() && !FACILITY.matcher(from).matches() && !from.isEmpty()) {
      yaml.error(
          "from",
          "route-of-nothing",
          "'" + from + "' is no facility's id, which passports name: list the 'materials'");
    }
    List<Transport.Leg> legs = new ArrayList<>();
    for (YamlMap leg : yaml.list("legs").maps()) {
      leg(leg).ifPresent(legs::add);
    }
    if (legs.size() > Transport.Route.MOST_LEGS) {
      yaml.error("legs", "too-many", "a route has at most " + Transport.Route.MOST_LEGS + " legs");
    }
    for (String gtin : gtins.isEmpty() ? List.of("") : gtins) {
      unique(yaml, from, gtin);
    }
    yaml.close();
    if (yaml.diagnostics().errorCount() == before) {
      read.add(new Transport.Route(from, gtins, legs));
    }
  }

  private void material(YamlMap yaml, YamlText gtin) {
    if (!materials.ids().contains(gtin.text())) {
      yaml.diagnostics()
          .error(
              yaml.file(),
              gtin.line(),
              "unknown-material",
              "there is no material '"
                  + gtin.text()
                  + "'"
                  + Suggestion.clause(gtin.text(), materials.ids()));
    }
  }

  private void unique(YamlMap yaml, String from, String gtin) {
    Integer first = routes.putIfAbsent(from + "/" + gtin, yaml.line("from"));
    if (first != null) {
      yaml.error(
          "from",
          "duplicate-route",
          (gtin.isEmpty() ? "the goods" : "material " + gtin)
              + " from '"
              + from
              + "' have the route of line "
              + first
              + " already");
    }
  }

  private Optional<Transport.Leg> leg(YamlMap yaml) {
    int before = yaml.diagnostics().errorCount();
    Transport.Mode mode = yaml.oneOf("mode", Transport.Mode.class);
    Optional<EmissionFactor> factor =
        yaml.map("factor")
            .flatMap(map -> factors.read(map, "kgCo2ePerTonneKm", EmissionFactor.Unit.TONNE_KM));
    Optional<Distance> distance = distance(yaml);
    yaml.close();
    if (factor.isEmpty() || distance.isEmpty() || yaml.diagnostics().errorCount() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Transport.Leg(mode, factor.get(), distance.get()));
    } catch (IllegalArgumentException e) {
      yaml.error("factor", "bad-value", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<Distance> distance(YamlMap yaml) {
    boolean declared = yaml.has("distanceKm");
    boolean computed = yaml.has("between");
    if (declared == computed) {
      yaml.error(
          declared ? "distanceKm" : "mode",
          declared ? "two-distances" : "missing-key",
          "a leg has either 'distanceKm' or 'between' with 'detourFactor'");
      return Optional.empty();
    }
    if (computed) {
      return between(yaml);
    }
    if (yaml.has("detourFactor")) {
      yaml.error(
          "detourFactor",
          "detour-of-declared",
          "a declared distance has no detour: remove 'detourFactor', or give 'between'");
    }
    return yaml.optionalValue("distanceKm", TransportReader::kilometres).map(Distance::declared);
  }

  private static long kilometres(String text) {
    BigDecimal kilometres = Scalars.decimalWithPoint(text);
    if (kilometres.signum() <= 0
        || kilometres.compareTo(MOST_KILOMETRES) > 0
        || kilometres.stripTrailingZeros().scale() > 3) {
      throw new IllegalArgumentException(
          "must be more than 0 and up to 50000 with at most three decimals, not '" + text + "'");
    }
    return kilometres.multiply(METRES).longValueExact();
  }

  private static Optional<Distance> between(YamlMap yaml) {
    int before = yaml.diagnostics().errorCount();
    List<GreatCircle.Place> places = new ArrayList<>();
    for (YamlMap place : yaml.list("between").maps()) {
      places.add(
          new GreatCircle.Place(
              place.value("latitude", text -> degrees(text, 90), BigDecimal.ZERO),
              place.value("longitude", text -> degrees(text, 180), BigDecimal.ZERO)));
      place.close();
    }
    int detour = yaml.value("detourFactor", TransportReader::detour, 1_000);
    if (places.size() != 2) {
      yaml.error("between", "bad-value", "'between' has two places, with latitude and longitude");
    }
    if (yaml.diagnostics().errorCount() > before) {
      return Optional.empty();
    }
    long metres = GreatCircle.metres(places.get(0), places.get(1), detour);
    if (metres == 0 || metres > Distance.MOST_METRES) {
      yaml.error(
          "between",
          "bad-value",
          "these places are " + metres + " m apart, detour included: it must be up to 50,000 km");
      return Optional.empty();
    }
    return Optional.of(new Distance(metres, detour));
  }

  private static BigDecimal degrees(String text, int most) {
    BigDecimal degrees = Scalars.decimalWithPoint(text);
    if (degrees.abs().compareTo(BigDecimal.valueOf(most)) > 0) {
      throw new IllegalArgumentException(
          "must be from -" + most + " to " + most + " degrees, not '" + text + "'");
    }
    return degrees;
  }

  private static int detour(String text) {
    BigDecimal factor = Scalars.decimalWithPoint(text);
    if (factor.compareTo(NO_DETOUR) < 0
        || factor.compareTo(MOST_DETOUR) > 0
        || factor.stripTrailingZeros().scale() > 3) {
      throw new IllegalArgumentException(
          "must be from 1 to 5 with at most three decimals, not '" + text + "'");
    }
    return factor.movePointRight(3).intValueExact();
  }
}

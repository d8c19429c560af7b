package io.tracegram.ledger.plant;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The routes by which material comes into a plant; immutable. */
public record Transport(List<Route> routes) {
  public static final Transport NONE = new Transport(List.of());

  /** No lot of 100 t may bring more than this on one leg: sums of lots stay in range. */
  private static final Co2e MOST = new Co2e(10_000_000_000_000_000L);

  private static final Mass HEAVIEST = new Mass(100_000_000_000L);

  /** How goods are carried; the ordinal is the wire form. */
  public enum Mode {
    ROAD,
    RAIL,
    SEA,
    AIR,
    INLAND_WATERWAY,
    PIPELINE
  }

  /**
   * How far it is.
   *
   * @param metres more than 0
   * @param detourThousandths the factor on the great circle by which it was computed, 1,000 or
   *     more; 0 if the distance is declared
   */
  public record Distance(long metres, int detourThousandths) {
    public static final long MOST_METRES = 50_000_000;
    public static final int MOST_DETOUR = 5_000;

    public Distance {
      if (metres <= 0 || metres > MOST_METRES) {
        throw new IllegalArgumentException("a distance is up to 50,000 km, not " + metres + " m");
      }
      if (detourThousandths != 0
          && (detourThousandths < 1_000 || detourThousandths > MOST_DETOUR)) {
        throw new IllegalArgumentException("a detour factor is 1 to 5");
      }
    }

    public static Distance declared(long metres) {
      return new Distance(metres, 0);
    }

    public boolean isDeclared() {
      return detourThousandths == 0;
    }
  }

  /**
   * A part of a route.
   *
   * @param factor per tonne and kilometre
   */
  public record Leg(Mode mode, EmissionFactor factor, Distance distance) {
    public Leg {
      if (factor.unit() != EmissionFactor.Unit.TONNE_KM) {
        throw new IllegalArgumentException("factor " + factor.id() + " is not per tonne-km");
      }
      try {
        if (factor.of(HEAVIEST, distance.metres()).compareTo(MOST) > 0) {
          throw new ArithmeticException("more than 10,000 t");
        }
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException("factor " + factor.id() + " is beyond any carrier", e);
      }
    }

    /** Returns tonne-km × factor, rounded once. */
    public Co2e of(Mass mass) {
      return factor.of(mass, distance.metres());
    }
  }

  /**
   * A way into the plant.
   *
   * @param from a facility's id, as its passports say it, or a supplier's name
   * @param materials GTINs of what takes it; if none, all that the facility's passports tell of
   */
  public record Route(String from, List<String> materials, List<Leg> legs) {
    public static final int MOST_LEGS = 20;

    public Route {
      materials = List.copyOf(materials);
      legs = List.copyOf(legs);
      if (legs.isEmpty() || legs.size() > MOST_LEGS) {
        throw new IllegalArgumentException("a route has 1 to 20 legs");
      }
    }

    /** Returns the sum of the legs, each rounded by itself. */
    public Co2e of(Mass mass) {
      return legs.stream().map(leg -> leg.of(mass)).reduce(Co2e.ZERO, Co2e::plus);
    }
  }

  /** What is known of the way that a lot took. */
  public sealed interface Way {
    /** It took this route. */
    record Taken(Route route) implements Way {}

    /** No route is declared for it: nothing is accounted. */
    record Undeclared() implements Way {}

    /** Its material has several routes, and no passport says which facility it came from. */
    record Unknown() implements Way {}
  }

  public Transport {
    routes = List.copyOf(routes);
    List<String> seen = new ArrayList<>();
    for (Route route : routes) {
      List<String> takes = route.materials.isEmpty() ? List.of("") : route.materials;
      for (String gtin : takes) {
        if (seen.contains(route.from + "/" + gtin)) {
          throw new IllegalArgumentException("two routes from " + route.from + " for one material");
        }
        seen.add(route.from + "/" + gtin);
      }
    }
  }

  /**
   * Returns the way of a lot: from the facility that its passport names, else the only one of its
   * material.
   */
  public Way of(String gtin, Optional<String> facility) {
    Optional<Route> from = facility.flatMap(id -> first(id, gtin).or(() -> first(id, "")));
    if (from.isPresent()) {
      return new Way.Taken(from.get());
    }
    List<Route> listing = routes.stream().filter(route -> route.materials.contains(gtin)).toList();
    return switch (listing.size()) {
      case 0 -> new Way.Undeclared();
      case 1 -> new Way.Taken(listing.getFirst());
      default -> new Way.Unknown();
    };
  }

  private Optional<Route> first(String from, String gtin) {
    return routes.stream()
        .filter(route -> route.from.equals(from))
        .filter(
            route -> gtin.isEmpty() ? route.materials.isEmpty() : route.materials.contains(gtin))
        .findFirst();
  }
}

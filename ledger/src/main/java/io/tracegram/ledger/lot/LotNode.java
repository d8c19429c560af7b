package io.tracegram.ledger.lot;

import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A lot's mass and burden, and what was withdrawn of it: each withdrawal takes its part by mass of
 * what the ones before left, the last one the rest. What comes late into a blend joins what is left
 * of it: a taking of no mass, whose part is negative. Single-threaded.
 */
final class LotNode {
  /** No work has such an id. */
  private static final String LATE = "late+";

  private final Stage lot;
  private final Map<String, Taken> takings = new LinkedHashMap<>();
  private Mass mass;
  private Optional<Burden> carried;
  private Mass restMass;
  private Burden rest;

  /**
   * A withdrawal.
   *
   * @param part meaningless until the lot's burden is known
   */
  record Taken(Mass mass, Burden part) {
    boolean isLate() {
      return mass.milligrams() == 0;
    }
  }

  /** All of it. */
  record State(
      Stage lot,
      Map<String, Taken> takings,
      Mass mass,
      Optional<Burden> carried,
      Mass restMass,
      Burden rest) {}

  LotNode(State state) {
    lot = state.lot;
    takings.putAll(state.takings);
    mass = state.mass;
    carried = state.carried;
    restMass = state.restMass;
    rest = state.rest;
  }

  LotNode(Stage lot, Mass mass) {
    this(new State(lot, Map.of(), mass, Optional.empty(), mass, Burden.NONE));
  }

  State state() {
    return new State(lot, takings, mass, carried, restMass, rest);
  }

  Stage lot() {
    return lot;
  }

  Mass mass() {
    return mass;
  }

  /** Says whether its burden is known. */
  boolean isKnown() {
    return carried.isPresent();
  }

  Optional<Burden> carried() {
    return carried;
  }

  /** Returns what nobody has withdrawn. */
  Burden rest() {
    return rest;
  }

  /** Says whether nobody could withdraw any more. */
  boolean isUsedUp() {
    return restMass.milligrams() == 0;
  }

  /** Returns who withdrew from it, in that order. */
  List<String> takers() {
    return takings.entrySet().stream()
        .filter(taking -> !taking.getValue().isLate())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Adds what came late to what is left; who withdrew before keeps what they got. */
  void join(Burden late) {
    int number = takings.size();
    while (takings.containsKey(LATE + number)) {
      number++;
    }
    takings.put(LATE + number, new Taken(Mass.ZERO, Burden.NONE.minus(late)));
    rest = rest.plus(late);
  }

  /** Takes out again all that came late, and returns it; until it is carried anew, rest is off. */
  Burden late() {
    Burden late =
        takings.values().stream()
            .filter(Taken::isLate)
            .map(Taken::part)
            .reduce(Burden.NONE, Burden::minus);
    takings.values().removeIf(Taken::isLate);
    return late;
  }

  /** Returns the mass that each withdrew, in that order. */
  Map<String, Mass> takings() {
    Map<String, Mass> masses = new LinkedHashMap<>();
    takings.forEach(
        (taker, taken) -> {
          if (!taken.isLate()) {
            masses.put(taker, taken.mass);
          }
        });
    return masses;
  }

  /** Returns what a taker got. */
  Burden part(String taker) {
    Taken taken = takings.get(taker);
    return taken == null ? Burden.NONE : taken.part;
  }

  /**
   * Sets what a taker has withdrawn in all, nothing included.
   *
   * @return takers whose part this changed, other than the taker itself
   */
  List<String> take(String taker, Mass part) {
    Taken before = takings.get(taker);
    Mass held = before == null ? Mass.ZERO : before.mass;
    if (held.equals(part)) {
      return List.of();
    }
    if (before != null) {
      if (part.milligrams() == 0) {
        takings.remove(taker);
      } else {
        takings.put(taker, new Taken(part, before.part));
      }
      return again();
    }
    takings.put(taker, withdraw(part));
    return List.of();
  }

  /** Sets mass and burden; returns the takers whose part this changed. */
  List<String> carry(Mass newMass, Burden burden) {
    mass = newMass;
    carried = Optional.of(burden);
    return again();
  }

  /** Forgets mass and burden: the lot is not there; returns the takers whose part this changed. */
  List<String> forget() {
    mass = Mass.ZERO;
    carried = Optional.empty();
    return again();
  }

  /** Sets the mass of a lot whose burden is not known yet. */
  void expect(Mass told) {
    if (!isKnown() && !mass.equals(told)) {
      mass = told;
      again();
    }
  }

  private List<String> again() {
    restMass = mass;
    rest = carried.orElse(Burden.NONE);
    List<String> changed = new ArrayList<>();
    takings.replaceAll(
        (taker, taken) -> {
          if (taken.isLate()) {
            rest = rest.minus(taken.part);
            return taken;
          }
          Taken now = withdraw(taken.mass);
          if (!now.part.equals(taken.part)) {
            changed.add(taker);
          }
          return now;
        });
    return changed;
  }

  private Taken withdraw(Mass part) {
    Burden taken =
        part.compareTo(restMass) >= 0 ? rest : isKnown() ? rest.share(part, restMass) : rest;
    Taken withdrawal = new Taken(part, taken);
    rest = rest.minus(taken);
    restMass = part.compareTo(restMass) >= 0 ? Mass.ZERO : restMass.minus(part);
    return withdrawal;
  }
}

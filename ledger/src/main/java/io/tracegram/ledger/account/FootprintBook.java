package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Movement;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint;
import io.tracegram.ledger.evidence.statement.SupplierSignature;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.quantity.Co2e;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What suppliers declared of their products, and which received lot rests on which of it: on a
 * footprint of exactly this lot, else on the newest of its product that was valid when it came.
 * Single-threaded.
 */
final class FootprintBook {
  private final Map<Long, Declared> declared = new LinkedHashMap<>();
  private final Map<LotId, Movement.Received> received = new LinkedHashMap<>();
  private final Map<LotId, Long> used = new LinkedHashMap<>();
  private final Set<LotId> proven = new LinkedHashSet<>();
  private final Set<String> deprecated = new LinkedHashSet<>();

  // found again from those above
  private final Map<String, List<Declared>> bySubject = new LinkedHashMap<>();
  private final Map<String, List<Declared>> successors = new LinkedHashMap<>();
  private final Map<String, Set<LotId>> byGtin = new LinkedHashMap<>();
  private final Map<Long, Set<LotId>> users = new LinkedHashMap<>();

  /**
   * A footprint in the log.
   *
   * @param lot path of the one lot that it is for; empty if it is for its product
   * @param key thumbprint of the supplier's key that signed it, if any did
   */
  record Declared(
      long leaf, Hash sha256, String lot, DeclaredFootprint footprint, Optional<Hash> key) {
    static Declared of(long leaf, Body.SupplierFootprint said) {
      return new Declared(
          leaf,
          said.sha256(),
          said.lot(),
          said.declared(),
          said.signature().map(SupplierSignature::key));
    }

    /** Says whether it says no more than another, nor is better signed. */
    private boolean isNoMoreThan(Declared known) {
      return known.lot.equals(lot)
          && known.footprint.equals(footprint)
          && (key.isEmpty() || key.equals(known.key));
    }

    private Stream<String> subjects() {
      return lot.isEmpty() ? footprint.gtins().stream() : Stream.of(lot);
    }
  }

  /** A lot that carries something else now. */
  record Rebooked(Movement.Received lot, Burden burden) {}

  /**
   * What became of a footprint.
   *
   * @param refusal why it counts for nothing
   */
  record Outcome(Optional<String> refusal, List<Rebooked> rebooked) {
    private static final Outcome NOTHING = new Outcome(Optional.empty(), List.of());
  }

  /**
   * All of it.
   *
   * @param used the leaf that each lot rests on
   * @param proven lots that rest on their passport
   */
  record State(
      List<Declared> declared,
      List<Movement.Received> received,
      Map<LotId, Long> used,
      List<LotId> proven,
      List<String> deprecated) {}

  FootprintBook(State state) {
    state.received.forEach(this::keep);
    state.used.forEach(this::use);
    proven.addAll(state.proven);
    deprecated.addAll(state.deprecated);
    state.declared.forEach(this::keep);
  }

  static State empty() {
    return new State(List.of(), List.of(), new LinkedHashMap<>(), List.of(), List.of());
  }

  State state() {
    return new State(
        List.copyOf(declared.values()),
        List.copyOf(received.values()),
        used,
        List.copyOf(proven),
        List.copyOf(deprecated));
  }

  /** Notes a lot that came; returns what a declared footprint says it carries. */
  Optional<Burden> received(Movement.Received lot) {
    keep(lot);
    return best(lot).flatMap(best -> rest(lot, best));
  }

  /** A lot rests on its passport from now on. */
  void proven(LotId lot) {
    unuse(lot);
    proven.add(lot);
  }

  /** Forgets a lot: it never came. */
  void forget(LotId lot) {
    unuse(lot);
    proven.remove(lot);
    if (received.remove(lot) != null) {
      Objects.requireNonNull(byGtin.get(lot.gtin())).remove(lot);
    }
  }

  /** Takes a footprint; what is said again changes nothing. */
  Outcome declare(Declared told) {
    DeclaredFootprint footprint = told.footprint();
    List<Declared> same =
        declared.values().stream()
            .filter(known -> known.footprint().id().equals(footprint.id()))
            .toList();
    if (!footprint.active()) {
      deprecated.add(footprint.id());
    } else if (same.stream()
        .anyMatch(known -> known.footprint().active() && !known.footprint().equals(footprint))) {
      return new Outcome(
          Optional.of("another footprint was declared by this id before, and they never change"),
          List.of());
    }
    if (same.stream().anyMatch(told::isNoMoreThan)) {
      return Outcome.NOTHING;
    }
    keep(told);
    return isInForce(told)
        ? new Outcome(Optional.empty(), affected(told).flatMap(this::rebooked).toList())
        : Outcome.NOTHING;
  }

  /**
   * Returns lots that may rest on a new footprint: those it is of, and those of the ones before.
   */
  private Stream<LotId> affected(Declared told) {
    Stream<LotId> own =
        told.subjects()
            .flatMap(
                subject ->
                    told.lot().isEmpty()
                        ? byGtin.getOrDefault(subject, Set.of()).stream()
                        : Stream.of(new LotId(subject)));
    Stream<LotId> before =
        declared.values().stream()
            .filter(known -> told.footprint().preceding().contains(known.footprint().id()))
            .flatMap(known -> users.getOrDefault(known.leaf(), Set.of()).stream());
    return List.copyOf(new LinkedHashSet<>(Stream.concat(own, before).toList())).stream();
  }

  private Stream<Rebooked> rebooked(LotId lot) {
    Movement.Received known = received.get(lot);
    if (known == null || proven.contains(lot)) {
      return Stream.empty();
    }
    Optional<Declared> now = Optional.ofNullable(used.get(lot)).map(declared::get);
    return best(known)
        .filter(best -> !now.equals(Optional.of(best)))
        .filter(best -> now.isEmpty() || !isInForce(now.get()) || isCloser(best, now.get()))
        .flatMap(best -> rest(known, best))
        .map(burden -> new Rebooked(known, burden))
        .stream();
  }

  private static boolean isCloser(Declared one, Declared other) {
    return !one.lot().isEmpty() && other.lot().isEmpty();
  }

  private Optional<Burden> rest(Movement.Received lot, Declared footprint) {
    Optional<Co2e> whole = footprint.footprint().of(lot.mass());
    whole.ifPresent(
        _ -> {
          unuse(lot.lot());
          use(lot.lot(), footprint.leaf());
        });
    return whole.map(
        co2e -> Burden.inherited(co2e, co2e.minus(footprint.footprint().primary(co2e))));
  }

  private Optional<Declared> best(Movement.Received lot) {
    return newest(lot.lot().path(), Long.MIN_VALUE)
        .or(() -> newest(lot.lot().gtin(), lot.millis()));
  }

  private Optional<Declared> newest(String subject, long validAt) {
    return bySubject.getOrDefault(subject, List.of()).reversed().stream()
        .filter(this::isInForce)
        .filter(known -> validAt == Long.MIN_VALUE || known.footprint().valid().holds(validAt))
        .findFirst();
  }

  private boolean isInForce(Declared known) {
    return known.footprint().active()
        && !deprecated.contains(known.footprint().id())
        && successor(known).isEmpty();
  }

  /** Returns what replaces a footprint. Attacker: another company, which may replace nothing. */
  private Optional<Declared> successor(Declared known) {
    return successors.getOrDefault(known.footprint().id(), List.of()).stream()
        .filter(next -> next.footprint().isOfCompanyOf(known.footprint()))
        .findFirst();
  }

  private void keep(Declared told) {
    // what is replaced already replaces nothing: no two footprints can replace each other
    boolean replaces = told.footprint().active() && successor(told).isEmpty();
    declared.put(told.leaf(), told);
    told.subjects()
        .forEach(subject -> bySubject.computeIfAbsent(subject, it -> new ArrayList<>()).add(told));
    if (replaces) {
      told.footprint()
          .preceding()
          .forEach(id -> successors.computeIfAbsent(id, it -> new ArrayList<>()).add(told));
    }
  }

  private void keep(Movement.Received lot) {
    received.put(lot.lot(), lot);
    byGtin.computeIfAbsent(lot.lot().gtin(), it -> new LinkedHashSet<>()).add(lot.lot());
  }

  private void use(LotId lot, long leaf) {
    used.put(lot, leaf);
    users.computeIfAbsent(leaf, it -> new LinkedHashSet<>()).add(lot);
  }

  private void unuse(LotId lot) {
    Long leaf = used.remove(lot);
    if (leaf != null) {
      Objects.requireNonNull(users.get(leaf)).remove(lot);
    }
  }

  /** Returns what a lot rests on. */
  Optional<FootprintState> of(LotId lot) {
    return Optional.ofNullable(used.get(lot)).map(declared::get).map(this::state);
  }

  /** Returns what was declared, oldest first. */
  List<FootprintState> states() {
    return declared.values().stream().map(this::state).toList();
  }

  /** Returns what was declared under an id, oldest first. */
  List<FootprintState> states(String id) {
    return declared.values().stream()
        .filter(known -> known.footprint().id().equals(id))
        .map(this::state)
        .toList();
  }

  private FootprintState state(Declared known) {
    Set<LotId> lots = users.getOrDefault(known.leaf(), Set.of());
    return new FootprintState(
        known.leaf(),
        known.sha256(),
        Optional.of(known.lot()).filter(lot -> !lot.isEmpty()).map(LotId::new),
        known.footprint(),
        known.key(),
        deprecated.contains(known.footprint().id()),
        successor(known).map(next -> OptionalLong.of(next.leaf())).orElse(OptionalLong.empty()),
        lots.size(),
        lots.stream().limit(FootprintState.LOTS).toList());
  }
}

package io.tracegram.ledger.claim;

import io.tracegram.ledger.custody.Movement;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Body.MaterialClaimed.Subject;
import io.tracegram.ledger.evidence.statement.ClaimCodec;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Claims in the log, by their leaf, and who may take them back. Single-threaded. */
public final class ToldClaims {
  private final Map<Long, ToldClaim> told = new LinkedHashMap<>();
  private final Map<String, List<Long>> bySubject = new LinkedHashMap<>();
  private final Map<Body.MaterialClaimed, List<Long>> byText = new HashMap<>();

  /**
   * All of it, by leaf.
   *
   * @param said encoded
   * @param signed of those, what their supplier signed
   * @param withdrawn of those, what counts no more
   */
  record State(
      Map<Long, Content> said,
      Map<Long, ToldClaim.Signed> signed,
      Map<Long, ToldClaim.Withdrawn> withdrawn) {}

  ToldClaims(State state) {
    state.said.forEach(
        (leaf, said) ->
            put(
                leaf,
                new ToldClaim(
                    ClaimCodec.decode(said.bytes()),
                    Optional.ofNullable(state.signed.get(leaf)),
                    Optional.ofNullable(state.withdrawn.get(leaf)))));
  }

  static State empty() {
    return new State(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  State state() {
    State state = empty();
    told.forEach(
        (leaf, claim) -> {
          state.said.put(leaf, Content.of(ClaimCodec.encode(claim.said())));
          claim.signed().ifPresent(by -> state.signed.put(leaf, by));
          claim.withdrawn().ifPresent(by -> state.withdrawn.put(leaf, by));
        });
    return state;
  }

  /** Returns all, oldest first. */
  public Map<Long, ToldClaim> all() {
    return told;
  }

  private void put(long leaf, ToldClaim claim) {
    told.put(leaf, claim);
    String subject =
        switch (claim.said().subject()) {
          case Subject.OfLot(String path) -> path;
          case Subject.OfProduct(String gtin, Period _) -> gtin;
        };
    bySubject.computeIfAbsent(subject, id -> new ArrayList<>()).add(leaf);
    byText.computeIfAbsent(claim.said(), text -> new ArrayList<>()).add(leaf);
  }

  /** Returns claims that say the same, by whichever key. */
  private List<Map.Entry<Long, ToldClaim>> same(Body.MaterialClaimed said) {
    return byText.getOrDefault(said.unsigned(), List.of()).stream()
        .map(leaf -> Map.entry(leaf, Objects.requireNonNull(told.get(leaf))))
        .toList();
  }

  /** Returns the claims in force that are of a received lot, oldest first. */
  SortedMap<Long, ToldClaim> of(Movement.Received lot) {
    SortedMap<Long, ToldClaim> claims = new TreeMap<>();
    for (String subject : List.of(lot.lot().path(), lot.lot().gtin())) {
      for (long leaf : bySubject.getOrDefault(subject, List.of())) {
        ToldClaim claim = Objects.requireNonNull(told.get(leaf));
        if (claim.isInForce() && claim.isOf(lot)) {
          claims.put(leaf, claim);
        }
      }
    }
    return claims;
  }

  /** Takes a claim; says if it is new. */
  boolean tell(long leaf, Body.MaterialClaimed said) {
    boolean isNew =
        same(said).stream()
            .map(Map.Entry::getValue)
            .noneMatch(known -> known.isInForce() && known.says(said));
    if (isNew) {
      put(leaf, ToldClaim.of(said));
    }
    return isNew;
  }

  /** Takes a withdrawal that is not refused; returns the claim that counts no more. */
  ToldClaim withdraw(long leaf, Body.ClaimWithdrawn by) {
    ToldClaim withdrawn = Objects.requireNonNull(told.get(by.claim())).withdrawn(leaf, by);
    told.put(by.claim(), withdrawn);
    return withdrawn;
  }

  /** Returns why a withdrawal would take nothing back, apart from its signature. */
  public Optional<String> refusal(Body.ClaimWithdrawn said) {
    ToldClaim claim = told.get(said.claim());
    if (claim == null) {
      return Optional.of("leaf " + said.claim() + " holds no claim that counts");
    }
    if (claim.withdrawn().isPresent()) {
      return Optional.of(
          "leaf %d is withdrawn already, by leaf %d"
              .formatted(said.claim(), claim.withdrawn().get().leaf()));
    }
    // attacker: a competitor
    if (!claim.said().company().equals(said.company())) {
      return Optional.of(
          "leaf %d is a claim of %s, not of %s"
              .formatted(said.claim(), claim.said().company(), said.company()));
    }
    // attacker: a plant that no longer likes what its supplier signed
    Optional<Hash> key = said.document().map(document -> document.signature().key());
    return claim.key().isPresent() && !claim.key().equals(key)
        ? Optional.of(
            "leaf %d is signed by key %s: only a document signed by the same key withdraws it"
                .formatted(said.claim(), claim.key().get()))
        : Optional.empty();
  }

  /** Returns why a signed claim does not count. Attacker: brings what was withdrawn once more. */
  public Optional<String> refusal(Body.MaterialClaimed said) {
    return same(said).stream()
        .filter(known -> known.getValue().says(said) && isWithdrawnSince(known.getValue(), said))
        .map(
            known ->
                "its supplier withdrew the same, leaf %d, after it signed this"
                    .formatted(known.getKey()))
        .findFirst();
  }

  private static boolean isWithdrawnSince(ToldClaim known, Body.MaterialClaimed said) {
    return known
        .withdrawn()
        .flatMap(ToldClaim.Withdrawn::signed)
        .filter(
            by ->
                said.document().isPresent()
                    && said.document().get().signature().meant().signedSeconds() <= by.seconds())
        .isPresent();
  }
}

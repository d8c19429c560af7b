package io.tracegram.ledger.claim;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Movement;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Body.MaterialClaimed.Subject;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lots that came from outside, in that order, found by what a claim is of. Single-threaded. */
final class ReceivedLots {
  private final Map<LotId, Movement.Received> all = new LinkedHashMap<>();
  private final Map<String, Map<LotId, Movement.Received>> products = new LinkedHashMap<>();

  ReceivedLots(List<Movement.Received> state) {
    state.forEach(this::put);
  }

  List<Movement.Received> state() {
    return List.copyOf(all.values());
  }

  void put(Movement.Received lot) {
    all.put(lot.lot(), lot);
    products.computeIfAbsent(lot.lot().gtin(), gtin -> new LinkedHashMap<>()).put(lot.lot(), lot);
  }

  void remove(LotId lot) {
    if (all.remove(lot) != null) {
      products.getOrDefault(lot.gtin(), Map.of()).remove(lot);
    }
  }

  Optional<Movement.Received> find(LotId lot) {
    return Optional.ofNullable(all.get(lot));
  }

  /** Returns the lots that a claim is of. */
  List<LotId> of(Body.MaterialClaimed said) {
    return switch (said.subject()) {
      case Subject.OfLot(String path) -> {
        LotId lot = new LotId(path);
        yield all.containsKey(lot) ? List.of(lot) : List.of();
      }
      case Subject.OfProduct(String gtin, Period valid) ->
          products.getOrDefault(gtin, Map.of()).values().stream()
              .filter(lot -> valid.holds(lot.millis()))
              .map(Movement.Received::lot)
              .toList();
    };
  }
}

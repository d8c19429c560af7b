package io.tracegram.ledger.account;

import io.tracegram.ledger.lot.Presence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Where orders were, found by their end: a new quarter of an hour costs those that are there,
 * however many are kept for late readings. Single-threaded.
 */
final class Presences {
  private final Map<String, Presence> byOrder;
  private final NavigableMap<Long, Map<String, Presence>> byEnd = new TreeMap<>();

  /**
   * @param state kept by order; not copied
   */
  Presences(Map<String, Presence> state) {
    byOrder = state;
    state.values().forEach(this::index);
  }

  Map<String, Presence> state() {
    return byOrder;
  }

  /**
   * Takes where orders are.
   *
   * @param present all that run or ended after what is accounted: what was known to, and is not
   *     among them any more, was undone
   */
  void told(List<Presence> present, long accountedMillis) {
    Set<String> there = present.stream().map(Presence::order).collect(Collectors.toSet());
    byEnd.tailMap(accountedMillis, false).values().stream()
        .flatMap(orders -> orders.values().stream())
        .filter(known -> !there.contains(known.order()))
        .toList()
        .forEach(
            undone -> {
              byOrder.remove(undone.order());
              drop(undone);
            });
    for (Presence presence : present) {
      Presence before = byOrder.put(presence.order(), presence);
      if (before != null) {
        drop(before);
      }
      index(presence);
    }
  }

  /** Returns those of [from, to). */
  List<Presence> in(long from, long to) {
    return byEnd.tailMap(from, false).values().stream()
        .flatMap(orders -> orders.values().stream())
        .filter(presence -> presence.startMillis() < to)
        .toList();
  }

  /** Forgets those that ended before a time. */
  void forgetBefore(long millis) {
    NavigableMap<Long, Map<String, Presence>> old = byEnd.headMap(millis, false);
    old.values().forEach(orders -> byOrder.keySet().removeAll(orders.keySet()));
    old.clear();
  }

  /** Returns when orders began and ended, ascending. */
  long[] cuts() {
    return byOrder.values().stream()
        .flatMapToLong(presence -> LongStream.of(presence.startMillis(), presence.endMillis()))
        .sorted()
        .toArray();
  }

  private void index(Presence presence) {
    byEnd
        .computeIfAbsent(presence.endMillis(), _ -> new HashMap<>())
        .put(presence.order(), presence);
  }

  private void drop(Presence presence) {
    byEnd.computeIfPresent(
        presence.endMillis(),
        (_, orders) -> {
          orders.remove(presence.order());
          return orders.isEmpty() ? null : orders;
        });
  }
}

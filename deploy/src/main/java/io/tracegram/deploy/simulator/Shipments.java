package io.tracegram.deploy.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Lots on their way from one simulated plant to another. Single-threaded. */
final class Shipments {
  private static final int MAX_WAITING = 1_000;

  private final Map<String, Deque<Goods>> waiting = new HashMap<>();

  /** Sends goods to a facility; what no plant takes in is forgotten in the end. */
  void send(String facility, Goods goods) {
    Deque<Goods> goodsFor = waiting.computeIfAbsent(facility, to -> new ArrayDeque<>());
    goodsFor.addLast(goods);
    if (goodsFor.size() > MAX_WAITING) {
      goodsFor.removeFirst();
    }
  }

  /** Returns the goods that arrived first at a facility; they stay until {@link #take}. */
  Optional<Goods> first(String facility) {
    return Optional.ofNullable(waiting.get(facility)).map(Deque::peekFirst);
  }

  void take(String facility) {
    Optional.ofNullable(waiting.get(facility)).ifPresent(Deque::pollFirst);
  }
}

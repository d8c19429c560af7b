package io.tracegram.gateway.problem;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the intake did since the gateway started. Thread-safe. */
public final class Counters {
  private final LongAdder admitted = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

  public void countAdmitted(long statements) {
    admitted.add(statements);
  }

  public void countRepeated() {
    repeated.increment();
  }

  /** Counts a refusal; codes come from a closed set. */
  public void countRefused(String code) {
    refused.computeIfAbsent(code, key -> new LongAdder()).increment();
  }

  /** Returns statements of agents that became leaves. */
  public long admitted() {
    return admitted.sum();
  }

  /** Returns identical repeats, acknowledged without a leaf. */
  public long repeated() {
    return repeated.sum();
  }

  /** Returns refusals by code. */
  public SortedMap<String, Long> refused() {
    SortedMap<String, Long> counts = new TreeMap<>();
    refused.forEach((code, count) -> counts.put(code, count.sum()));
    return counts;
  }

  public long refusedTotal() {
    return refused.values().stream().mapToLong(LongAdder::sum).sum();
  }
}

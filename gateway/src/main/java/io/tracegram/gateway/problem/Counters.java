package io.tracegram.gateway.problem;

import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the intake did since the gateway started. Thread-safe. */
public final class Counters {
  private final LongAdder admitted = new LongAdder();
  private volatile long lastAdmitted = -1;
  private final LongAdder repeated = new LongAdder();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

  /**
   * Counts admissions.
   *
   * @param atMillis system time, ms since 1970 UTC
   */
  public void countAdmitted(long statements, long atMillis) {
    if (statements > 0) {
      admitted.add(statements);
      lastAdmitted = atMillis;
    }
  }

  /** Returns system time of the newest admission since the start. */
  public OptionalLong lastAdmittedMillis() {
    return lastAdmitted < 0 ? OptionalLong.empty() : OptionalLong.of(lastAdmitted);
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

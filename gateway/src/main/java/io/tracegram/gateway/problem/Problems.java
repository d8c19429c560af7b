package io.tracegram.gateway.problem;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The problems of a gateway by code and subject. Thread-safe and bounded: beyond {@link #CAPACITY}
 * the longest cleared one makes room, else new ones are counted under {@code problems.overflow}.
 */
public final class Problems {
  /** Most entries kept. */
  public static final int CAPACITY = 1_000;

  private static final int MAX_TEXT = 1_000;
  private static final Key OVERFLOW = new Key("problems.overflow", "gateway");

  private final Clock clock;
  private final Map<Key, Problem> all = new LinkedHashMap<>();

  private record Key(String code, String subject) {}

  public Problems(Clock clock) {
    this.clock = clock;
  }

  /** Raises a problem, or counts one more occurrence of it. */
  public void raise(
      String code, String subject, Severity severity, String reason, String effect, String action) {
    long now = clock.millis();
    Problem raised =
        new Problem(
            code,
            shortened(subject),
            severity,
            shortened(reason),
            effect,
            action,
            now,
            now,
            1,
            false);
    synchronized (all) {
      Key key = new Key(code, raised.subject());
      if (all.containsKey(key) || all.size() < CAPACITY - 1 || dropCleared()) {
        all.merge(key, raised, Problems::repeated);
      } else {
        all.merge(
            OVERFLOW,
            new Problem(
                OVERFLOW.code(),
                OVERFLOW.subject(),
                Severity.WARNING,
                "more than " + CAPACITY + " different problems; the newest is " + code,
                "further problems are counted here and not listed",
                "solve the problems listed",
                now,
                now,
                1,
                false),
            Problems::repeated);
      }
    }
  }

  /** Marks a problem as over; it stays listed until room is needed. */
  public void clear(String code, String subject) {
    synchronized (all) {
      all.computeIfPresent(
          new Key(code, shortened(subject)),
          (key, problem) ->
              new Problem(
                  problem.code(),
                  problem.subject(),
                  problem.severity(),
                  problem.reason(),
                  problem.effect(),
                  problem.action(),
                  problem.firstMillis(),
                  problem.lastMillis(),
                  problem.count(),
                  true));
    }
  }

  public Optional<Problem> find(String code, String subject) {
    synchronized (all) {
      return Optional.ofNullable(all.get(new Key(code, shortened(subject))));
    }
  }

  /** Returns all problems, open ones first, then the newest first. */
  public List<Problem> list() {
    List<Problem> list;
    synchronized (all) {
      list = new ArrayList<>(all.values());
    }
    list.sort(
        Comparator.comparing(Problem::cleared)
            .thenComparing(Problem::lastMillis, Comparator.reverseOrder()));
    return list;
  }

  private boolean dropCleared() {
    for (Map.Entry<Key, Problem> entry : all.entrySet()) {
      if (entry.getValue().cleared()) {
        all.remove(entry.getKey());
        return true;
      }
    }
    return false;
  }

  private static Problem repeated(Problem before, Problem now) {
    return new Problem(
        now.code(),
        now.subject(),
        now.severity(),
        now.reason(),
        now.effect(),
        now.action(),
        before.cleared() ? now.firstMillis() : before.firstMillis(),
        now.lastMillis(),
        before.count() + 1,
        false);
  }

  private static String shortened(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}

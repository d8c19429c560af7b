package io.tracegram.gateway.history;

import io.tracegram.runtime.history.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What other files brought of one meter's energy, near the time of a file. Single-threaded. */
final class KnownEnergy {
  private final long fromMillis;
  private final long toMillis;
  private final TreeMap<Long, Stretch> within = new TreeMap<>();
  private Optional<Stretch> before = Optional.empty();
  private Optional<Stretch> after = Optional.empty();

  /**
   * Between two readings that follow each other.
   *
   * @param fromLevel the register at its start, mWh; {@code toLevel} at its end, not lower
   */
  record Stretch(long fromMillis, long toMillis, long fromLevel, long toLevel) {
    long milliwattHours() {
      return toLevel - fromLevel;
    }
  }

  /** What a file's period is beside what is known. */
  sealed interface Verdict {
    /** Nothing is known of its time. */
    record New() implements Verdict {}

    /** The same energy is known. */
    record Repeated() implements Verdict {}

    /** Something else is known. */
    record Conflict(String reason) implements Verdict {}
  }

  /** Of a file that covers this time. */
  KnownEnergy(long fromMillis, long toMillis) {
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
  }

  /** Takes a stretch; of two that begin at one moment, the first counts. */
  void add(Stretch stretch) {
    if (stretch.toMillis <= fromMillis) {
      before = before.filter(known -> known.toMillis >= stretch.toMillis).or(() -> some(stretch));
    } else if (stretch.fromMillis >= toMillis) {
      after = after.filter(known -> known.fromMillis <= stretch.fromMillis).or(() -> some(stretch));
    } else {
      within.putIfAbsent(stretch.fromMillis, stretch);
    }
  }

  private static Optional<Stretch> some(Stretch stretch) {
    return Optional.of(stretch);
  }

  Verdict judge(History.Period period) {
    List<Stretch> over = over(period);
    if (over.isEmpty()) {
      return new Verdict.New();
    }
    long end = period.startMillis();
    long energy = 0;
    for (Stretch stretch : over) {
      if (stretch.fromMillis != end) {
        return new Verdict.Conflict("another file divides that time otherwise");
      }
      end = stretch.toMillis;
      energy += stretch.milliwattHours();
    }
    if (end != period.endMillis()) {
      return new Verdict.Conflict("another file divides that time otherwise");
    }
    return energy == period.milliwattHours()
        ? new Verdict.Repeated()
        : new Verdict.Conflict("another file said " + energy + " mWh");
  }

  private List<Stretch> over(History.Period period) {
    List<Stretch> over = new ArrayList<>();
    for (Stretch stretch : within.headMap(period.endMillis(), false).descendingMap().values()) {
      if (stretch.toMillis <= period.startMillis()) {
        break;
      }
      over.addFirst(stretch);
    }
    return over;
  }

  /** Returns the last stretch that ends by a time. */
  Optional<Stretch> endingBy(long millis) {
    return Optional.ofNullable(within.lowerEntry(millis))
        .map(Map.Entry::getValue)
        .filter(stretch -> stretch.toMillis <= millis)
        .or(() -> before);
  }

  /** Returns the first stretch that begins at a time or later. */
  Optional<Stretch> beginningFrom(long millis) {
    return Optional.ofNullable(within.ceilingEntry(millis))
        .map(Map.Entry::getValue)
        .or(() -> after);
  }

  static String shown(History.Period period) {
    return "row %d: %s of %s to %s, %d mWh"
        .formatted(
            period.row(),
            period.meter(),
            Instant.ofEpochMilli(period.startMillis()),
            Instant.ofEpochMilli(period.endMillis()),
            period.milliwattHours());
  }
}

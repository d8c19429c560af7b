package io.tracegram.ledger.energy;

import io.tracegram.ledger.quantity.Energy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One cumulative register as a rising integer curve V(T). Single-threaded.
 *
 * <p>A reading that falls, or rises faster than the meter can, is held until the next one decides:
 * it was spurious, or the register was reset. Across an undeclared reset the curve stays level,
 * since the energy in between is unknown.
 */
public final class RegisterCurve {
  private static final BigInteger MILLIS_PER_HOUR = BigInteger.valueOf(3_600_000L);

  /**
   * No register that is worth reading steps by more than 10 kWh; the tolerance is not the sender's.
   */
  private static final long MOST_RESOLUTION = 10_000_000L;

  private final long maxPowerMilliwatts;
  private final List<Point> points;
  private Optional<Point> held = Optional.empty();
  private long offset;
  private long rawLast;

  /** A place the curve goes through; {@code level} is the register plus all resets before. */
  record Point(long millis, long level, long resolution) {}

  /** All of a curve; not copied. */
  public record State(
      long maxPowerMilliwatts,
      List<Point> points,
      Optional<Point> held,
      long offset,
      long rawLast) {}

  /** What became of a reading. */
  public enum Outcome {
    ACCEPTED,
    /** The same time and value as before. */
    DUPLICATE,
    /** The same time with another value: the accepted one stands. */
    CONFLICT,
    /** Older than the newest accepted reading; its energy is already in the curve. */
    LATE,
    /** Falls or jumps: the next reading decides. */
    HELD,
    /** A held reading was spurious, this one is accepted. */
    SPURIOUS_BEFORE,
    /** Two readings agree on a new level: the register was reset, the gap's energy is unknown. */
    RESET_UNDECLARED
  }

  /**
   * Starts an empty curve.
   *
   * @param maxPowerWatts what the meter can register at most, &gt; 0
   */
  public RegisterCurve(long maxPowerWatts) {
    this.maxPowerMilliwatts = Math.multiplyExact(maxPowerWatts, 1_000L);
    this.points = new ArrayList<>();
  }

  /** Goes on where a curve was when its state was taken. */
  public RegisterCurve(State state) {
    this.maxPowerMilliwatts = state.maxPowerMilliwatts;
    this.points = state.points;
    this.held = state.held;
    this.offset = state.offset;
    this.rawLast = state.rawLast;
  }

  public State state() {
    return new State(maxPowerMilliwatts, points, held, offset, rawLast);
  }

  /**
   * Adds a reading.
   *
   * @param millis when it was measured
   * @param value the register in mWh, ≥ 0
   * @param resolution step of the register at this value, mWh
   */
  public Outcome add(long millis, long value, long resolution) {
    Point reading = new Point(millis, Math.addExact(value, offset), resolution);
    if (points.isEmpty()) {
      return accept(reading, value, Outcome.ACCEPTED);
    }
    Point last = points.getLast();
    if (millis < last.millis) {
      return Outcome.LATE;
    }
    if (millis == last.millis) {
      return value == rawLast ? Outcome.DUPLICATE : Outcome.CONFLICT;
    }
    if (follows(last, reading)) {
      return accept(reading, value, held.isEmpty() ? Outcome.ACCEPTED : Outcome.SPURIOUS_BEFORE);
    }
    if (held.isPresent() && millis > held.get().millis && follows(held.get(), reading)) {
      return reset(last, held.get(), reading, value);
    }
    held = Optional.of(reading);
    return Outcome.HELD;
  }

  /** Returns the time of the newest accepted reading. */
  public Optional<Long> lastMillis() {
    return points.isEmpty() ? Optional.empty() : Optional.of(points.getLast().millis);
  }

  /** Returns the newest accepted register value. */
  public Energy register() {
    return new Energy(rawLast);
  }

  /**
   * Returns V(T) in mWh: floor of the line between the neighbours, level before the first and after
   * the last reading; 0 for an empty curve.
   */
  public long level(long millis) {
    if (points.isEmpty()) {
      return 0;
    }
    int after = firstAfter(millis);
    if (after == 0) {
      return points.getFirst().level;
    }
    Point a = points.get(after - 1);
    if (after == points.size() || a.millis == millis) {
      return a.level;
    }
    Point b = points.get(after);
    BigInteger rise =
        BigInteger.valueOf(b.level - a.level)
            .multiply(BigInteger.valueOf(millis - a.millis))
            .divide(BigInteger.valueOf(b.millis - a.millis));
    return a.level + rise.longValueExact();
  }

  /** Forgets what lies before a time that will not be asked for again. */
  public void forgetBefore(long millis) {
    int after = firstAfter(millis);
    if (after > 1) {
      points.subList(0, after - 1).clear();
    }
  }

  private int firstAfter(long millis) {
    int low = 0;
    int high = points.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (points.get(middle).millis <= millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Outcome accept(Point reading, long value, Outcome outcome) {
    points.add(reading);
    rawLast = value;
    held = Optional.empty();
    return outcome;
  }

  private Outcome reset(Point last, Point first, Point second, long value) {
    long shift = last.level - first.level;
    offset = Math.addExact(offset, shift);
    points.add(new Point(first.millis, last.level, first.resolution));
    return accept(
        new Point(second.millis, second.level + shift, second.resolution),
        value,
        Outcome.RESET_UNDECLARED);
  }

  /**
   * Says whether b can be the register after a: risen, by no more than Pmax·dt·1.1 + resolution.
   */
  private boolean follows(Point a, Point b) {
    long rise = b.level - a.level;
    if (rise < 0) {
      return false;
    }
    BigInteger cap =
        BigInteger.valueOf(maxPowerMilliwatts)
            .multiply(BigInteger.valueOf(b.millis - a.millis))
            .multiply(BigInteger.valueOf(11))
            .divide(MILLIS_PER_HOUR.multiply(BigInteger.TEN))
            .add(
                BigInteger.valueOf(
                    Math.min(MOST_RESOLUTION, Math.max(a.resolution, b.resolution))));
    return BigInteger.valueOf(rise).compareTo(cap) <= 0;
  }
}

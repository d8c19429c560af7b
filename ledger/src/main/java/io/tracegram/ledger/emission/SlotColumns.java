package io.tracegram.ledger.emission;

import io.tracegram.ledger.emission.IntensitySeries.Slot;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * The slots of a series as one array of four columns, each with one form only. Stateless.
 *
 * <ol>
 *   <li>the greatest common divisor of all values, 0 if all are 0
 *   <li>values by that divisor, each as the difference from the one before
 *   <li>runs of neighbouring slots: steps since the run before (since 1970 for the first), length
 *   <li>lengths of runs measured, estimated, measured, … (the first alone may be 0)
 * </ol>
 *
 * <p>Starts count in steps of the series; a year of quarter-hours takes some 100 kB.
 */
final class SlotColumns {
  /** Thirty years of quarter-hours. */
  static final int MAX_SLOTS = 1 << 20;

  private SlotColumns() {}

  static void write(CborWriter out, IntensitySeries series) {
    List<Slot> slots = series.slots();
    if (slots.size() > MAX_SLOTS) {
      throw new IllegalArgumentException(series.id() + " has more than " + MAX_SLOTS + " slots");
    }
    long divisor = 0;
    for (Slot slot : slots) {
      divisor = gcd(divisor, slot.nanogramsPerKwh());
    }
    out.array(4).integer(divisor).array(slots.size());
    long before = 0;
    for (Slot slot : slots) {
      long quotient = divisor == 0 ? 0 : slot.nanogramsPerKwh() / divisor;
      out.integer(quotient - before);
      before = quotient;
    }
    integers(out, runs(series));
    integers(out, estimates(slots));
  }

  static List<Slot> read(CborReader in, long step) {
    in.arrayOf(4);
    long divisor = in.integer(0, Long.MAX_VALUE);
    long[] values = values(in, divisor);
    long[] starts = starts(in, step, values.length);
    boolean[] estimated = estimates(in, values.length);
    List<Slot> slots = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      slots.add(new Slot(starts[i], values[i], estimated[i]));
    }
    return slots;
  }

  private static long[] values(CborReader in, long divisor) {
    long[] values = new long[in.array(MAX_SLOTS)];
    long quotient = 0;
    long common = 0;
    for (int i = 0; i < values.length; i++) {
      quotient = Math.addExact(quotient, in.integer());
      if (quotient < 0) {
        throw new MalformedException("an average intensity is not negative", in.position());
      }
      common = gcd(common, quotient);
      values[i] = Math.multiplyExact(quotient, divisor);
    }
    if (common != (divisor == 0 ? 0 : 1)) {
      throw new MalformedException("not the greatest common divisor", in.position());
    }
    return values;
  }

  private static List<Long> runs(IntensitySeries series) {
    List<Long> runs = new ArrayList<>();
    long end = 0;
    long length = 0;
    for (Slot slot : series.slots()) {
      long index = slot.startMillis() / series.stepMillis();
      if (length > 0 && index == end) {
        length++;
      } else {
        if (length > 0) {
          runs.add(length);
        }
        runs.add(index - end);
        length = 1;
      }
      end = index + 1;
    }
    if (length > 0) {
      runs.add(length);
    }
    return runs;
  }

  private static long[] starts(CborReader in, long step, int slots) {
    long[] starts = new long[slots];
    int items = in.array(2 * MAX_SLOTS);
    int filled = 0;
    long index = 0;
    for (int i = 0; i + 1 < items; i += 2) {
      index = Math.addExact(index, in.integer(i == 0 ? 0 : 1, Long.MAX_VALUE));
      int length = (int) in.integer(1, MAX_SLOTS);
      if (length > slots - filled) {
        throw new MalformedException("more starts than values", in.position());
      }
      for (int slot = 0; slot < length; slot++) {
        starts[filled++] = Math.multiplyExact(index++, step);
      }
    }
    if (filled != slots || items % 2 != 0) {
      throw new MalformedException("fewer starts than values", in.position());
    }
    return starts;
  }

  private static List<Long> estimates(List<Slot> slots) {
    List<Long> lengths = new ArrayList<>();
    boolean estimated = false;
    long length = 0;
    for (Slot slot : slots) {
      if (slot.estimated() != estimated) {
        lengths.add(length);
        estimated = !estimated;
        length = 0;
      }
      length++;
    }
    if (length > 0) {
      lengths.add(length);
    }
    return lengths;
  }

  private static boolean[] estimates(CborReader in, int slots) {
    boolean[] estimated = new boolean[slots];
    int items = in.array(MAX_SLOTS + 1);
    int filled = 0;
    for (int i = 0; i < items; i++) {
      int length = (int) in.integer(i == 0 && items > 1 ? 0 : 1, MAX_SLOTS);
      if (length > slots - filled) {
        throw new MalformedException("more marks than values", in.position());
      }
      for (int slot = 0; slot < length; slot++) {
        estimated[filled++] = i % 2 == 1;
      }
    }
    if (filled != slots) {
      throw new MalformedException("fewer marks than values", in.position());
    }
    return estimated;
  }

  private static void integers(CborWriter out, List<Long> values) {
    out.array(values.size());
    values.forEach(out::integer);
  }

  private static long gcd(long a, long b) {
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }
}

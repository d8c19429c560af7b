package io.tracegram.ledger.energy;

import java.util.ArrayList;
import java.util.List;

/**
 * A register's readings by ascending time in primitive columns, each with its place on the curve.
 *
 * <p>Cheap at both ends; in the middle the shorter side moves. Single-threaded.
 */
final class Samples {
  /** On the curve; the segment that ends here is known. Without this and RESET: off the curve. */
  static final int JOINED = 1;

  /** On the curve as the first of a new epoch; the segment that ends here is unknown. */
  static final int RESET = 2;

  static final int ON_CURVE = JOINED | RESET;

  /** The reading was imported. */
  static final int FROM_IMPORT = 4;

  /** The segment that ends here rests on an imported reading. */
  static final int IMPORTED = 8;

  /** The segment that ends here bridges a gap. */
  static final int INTERPOLATED = 16;

  /** Readings were dropped from the segment that ends here. */
  static final int THINNED = 32;

  private static final int COLUMNS = 5;
  private static final int LEAST = 16;

  private long[] times = new long[LEAST];
  private long[] values = new long[LEAST];
  private long[] resolutions = new long[LEAST];
  private long[] levels = new long[LEAST];
  private byte[] flags = new byte[LEAST];
  private int start;
  private int end;

  int size() {
    return end - start;
  }

  long time(int index) {
    return times[start + index];
  }

  long value(int index) {
    return values[start + index];
  }

  long resolution(int index) {
    return resolutions[start + index];
  }

  long level(int index) {
    return levels[start + index];
  }

  int flags(int index) {
    return flags[start + index];
  }

  boolean is(int index, int flag) {
    return (flags[start + index] & flag) != 0;
  }

  /** Sets the verdict; who read it stays. */
  void place(int index, long level, int verdict) {
    int at = start + index;
    levels[at] = level;
    flags[at] = (byte) ((flags[at] & FROM_IMPORT) | verdict);
  }

  /** Adds marks to the verdict. */
  void mark(int index, int marks) {
    flags[start + index] |= (byte) marks;
  }

  /** Moves the curve from this reading on. */
  void lift(int index, long by) {
    if (by != 0) {
      for (int i = start + index; i < end; i++) {
        levels[i] += by;
      }
    }
  }

  /** Appends a reading that is newer than all others, off the curve. */
  void append(long time, long value, long resolution, int flag) {
    if (end == times.length) {
      makeRoom();
    }
    set(end++, time, value, resolution, flag);
  }

  /** Puts a reading into its place, off the curve. */
  void insert(int index, long time, long value, long resolution, int flag) {
    if (start == 0 || end == times.length) {
      makeRoom();
    }
    if (index < size() / 2) {
      move(start, start - 1, index);
      start--;
    } else {
      move(start + index, start + index + 1, size() - index);
      end++;
    }
    set(start + index, time, value, resolution, flag);
  }

  void copy(int from, int to) {
    move(start + from, start + to, 1);
  }

  /** Removes the readings of [from, to). */
  void remove(int from, int to) {
    int gone = to - from;
    if (from < size() - to) {
      move(start, start + gone, from);
      start += gone;
    } else {
      move(start + to, start + from, size() - to);
      end -= gone;
    }
  }

  /** Returns the index of the first reading after a time. */
  int firstAfter(long millis) {
    if (start == end || times[end - 1] <= millis) {
      return end - start;
    }
    int low = start;
    int high = end - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] <= millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - start;
  }

  /** Returns all, each number as the difference to the reading before. */
  List<Long> rows() {
    List<Long> rows = new ArrayList<>(Math.multiplyExact(COLUMNS, size()));
    for (int i = start; i < end; i++) {
      boolean first = i == start;
      rows.add(times[i] - (first ? 0 : times[i - 1]));
      rows.add(values[i] - (first ? 0 : values[i - 1]));
      rows.add(resolutions[i] - (first ? 0 : resolutions[i - 1]));
      rows.add(levels[i] - (first ? 0 : levels[i - 1]));
      rows.add((long) flags[i]);
    }
    return rows;
  }

  static Samples of(List<Long> rows) {
    Samples samples = new Samples();
    long time = 0;
    long value = 0;
    long resolution = 0;
    long level = 0;
    for (int i = 0; i < rows.size(); i += COLUMNS) {
      time += rows.get(i);
      value += rows.get(i + 1);
      resolution += rows.get(i + 2);
      level += rows.get(i + 3);
      samples.append(time, value, resolution, 0);
      samples.levels[samples.end - 1] = level;
      samples.flags[samples.end - 1] = rows.get(i + 4).byteValue();
    }
    return samples;
  }

  private void set(int at, long time, long value, long resolution, int flag) {
    times[at] = time;
    values[at] = value;
    resolutions[at] = resolution;
    levels[at] = 0;
    flags[at] = (byte) flag;
  }

  private void move(int from, int to, int count) {
    System.arraycopy(times, from, times, to, count);
    System.arraycopy(values, from, values, to, count);
    System.arraycopy(resolutions, from, resolutions, to, count);
    System.arraycopy(levels, from, levels, to, count);
    System.arraycopy(flags, from, flags, to, count);
  }

  /** Leaves a quarter of the room before the readings and the most of it after them. */
  private void makeRoom() {
    int size = size();
    int room = Math.max(LEAST, Math.addExact(size, size / 2 + LEAST));
    int first = (room - size) / 4;
    times = moved(times, first, room);
    values = moved(values, first, room);
    resolutions = moved(resolutions, first, room);
    levels = moved(levels, first, room);
    byte[] marks = new byte[room];
    System.arraycopy(flags, start, marks, first, size);
    flags = marks;
    start = first;
    end = first + size;
  }

  private long[] moved(long[] column, int first, int room) {
    long[] wider = new long[room];
    System.arraycopy(column, start, wider, first, end - start);
    return wider;
  }
}

package io.tracegram.runtime.history;

import java.util.Arrays;

/** What is to be known of each column before its registers can be written. Single-threaded. */
final class ColumnSurvey {
  private static final long COARSEST = 1_000_000L;

  private final long[] resolutions;
  private final long[] mostEnergy;
  private final long[] totals;
  private final long[] gaps;
  private final long[] lastEnd;

  ColumnSurvey(int columns) {
    resolutions = new long[columns];
    mostEnergy = new long[columns];
    totals = new long[columns];
    gaps = new long[columns];
    lastEnd = new long[columns];
    Arrays.fill(resolutions, COARSEST);
    Arrays.fill(lastEnd, Long.MIN_VALUE);
  }

  /** Takes note of a cell's value: a register, or the energy of the period that begins at start. */
  void note(int column, long value, long start, long end) {
    while (value % resolutions[column] != 0) {
      resolutions[column] /= 10;
    }
    mostEnergy[column] = Math.max(mostEnergy[column], value);
    totals[column] += value;
    if (lastEnd[column] != Long.MIN_VALUE && lastEnd[column] != start) {
      gaps[column]++;
    }
    lastEnd[column] = end;
  }

  /** Returns the step of a column's register: the largest power of ten that divides its values. */
  long resolution(int column) {
    return resolutions[column];
  }

  /** Returns the sum of a column's values, mWh; of interval energy. */
  long total(int column) {
    return totals[column];
  }

  /** Returns by how much a register falls at a gap, mWh: more than any period can bring. */
  long fall(int column) {
    return (mostEnergy[column] / COARSEST + 1) * COARSEST;
  }

  /** Returns where a register must begin so that it stays above 0 at all its falls. */
  long lowestBase(int column) {
    return Math.multiplyExact(gaps[column], fall(column));
  }
}

package io.tracegram.runtime.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads rows in order: each is taken, or refused with a reason and without a trace.
 * Single-threaded.
 */
final class RowReader {
  /** Stands for a cell without a value. */
  static final long ABSENT = -1;

  private final Columns columns;
  private final Periods periods;
  private final boolean intervals;
  private final Cells cells = new Cells();
  private final long[] bases;
  private final long[] values;
  private final List<String> fallen = new ArrayList<>();
  private long[] levels;
  private long[] levelsBeforeRepeated;
  private long emptyCells;

  /**
   * @param bases mWh at which the registers of interval energy begin, in the order of the columns
   * @param latest no row may be later
   */
  RowReader(HistoryForm form, Columns columns, long[] bases, Instant latest) {
    this.columns = columns;
    this.periods = new Periods(form, latest);
    this.intervals = form.values() == HistoryForm.Values.INTERVALS;
    this.values = new long[columns.meters().size()];
    this.bases = bases;
    this.levels = bases.clone();
    this.levelsBeforeRepeated = levels;
    if (!intervals) {
      Arrays.fill(levels, ABSENT);
    }
  }

  /** Splits a row; returns why it is refused, empty if it is not. */
  String split(String text) {
    if (!cells.split(text)) {
      return "has a quote that is not closed";
    }
    if (cells.count() != columns.width()) {
      return "has "
          + cells.count()
          + " cells, the header "
          + columns.width()
          + (cells.count() > columns.width() ? ": a decimal comma?" : "");
    }
    return "";
  }

  /**
   * Returns the first row of the repeated hour that ended before the row split last without being
   * filled, and forgets that hour's rows; 0 if there is none.
   */
  long forgetUnfilled() {
    return periods.leavesHourUnfilled(cells.cell(columns.time())) ? forgetRepeated() : 0;
  }

  /** Returns the first row of the repeated hour that stands open, and forgets its rows, or 0. */
  long forgetRepeated() {
    long from = periods.repeatedFrom();
    if (from > 0) {
      periods.forgetRepeated();
      levels = levelsBeforeRepeated;
    }
    return from;
  }

  /** Takes the row split last; returns why it is refused, empty if it is not. */
  String take(long row) {
    String wrong = periods.judge(cells.cell(columns.time()));
    for (int i = 0; wrong.isEmpty() && i < values.length; i++) {
      wrong = read(i);
    }
    if (wrong.isEmpty()) {
      commit(row);
    }
    return wrong;
  }

  private String read(int column) {
    String text = cells.cell(columns.meters().get(column).index());
    values[column] = text.isEmpty() ? ABSENT : KilowattHours.parse(text);
    String wrong = "";
    if (values[column] == KilowattHours.NONE && !text.isEmpty()) {
      wrong = KilowattHours.whyNot(text);
    } else if (intervals && values[column] > KilowattHours.MAX - levels[column]) {
      wrong = "brings its register to where it " + KilowattHours.tooLarge();
    }
    return wrong.isEmpty()
        ? ""
        : "column '" + columns.meters().get(column).column() + "': '" + text + "' " + wrong;
  }

  private void commit(long row) {
    boolean outside = periods.repeatedFrom() == 0;
    periods.take(row);
    if (outside && periods.repeatedFrom() > 0) {
      levelsBeforeRepeated = levels.clone();
    }
    fallen.clear();
    for (int i = 0; i < values.length; i++) {
      if (values[i] == ABSENT) {
        emptyCells++;
      } else if (intervals) {
        levels[i] += values[i];
      } else {
        if (values[i] < levels[i]) {
          fallen.add(columns.meters().get(i).column());
        }
        levels[i] = values[i];
      }
    }
  }

  /** Returns the end of the row taken last, ms since 1970 UTC. */
  long endMillis() {
    return periods.endMillis();
  }

  /** Says whether the row taken last has a value in this column. */
  boolean has(int column) {
    return values[column] != ABSENT;
  }

  /** Returns what the row taken last says in this column, mWh. */
  long value(int column) {
    return values[column];
  }

  /** Returns a column's register at the end of the row taken last, mWh. */
  long level(int column) {
    return levels[column];
  }

  /** Returns a column's register at the start of the row taken last, mWh; of interval energy. */
  long levelBefore(int column) {
    return levels[column] - values[column];
  }

  /** Returns what the rows before the one taken last added in this column, mWh. */
  long addedBefore(int column) {
    return levelBefore(column) - bases[column];
  }

  /** Returns the columns whose register fell in the row taken last. */
  List<String> fallen() {
    return fallen;
  }

  /** Returns how many periods between the first and the last row have no row. */
  long missingSlots() {
    return periods.missing();
  }

  /** Returns how many cells of meters were empty in rows that were taken. */
  long emptyCells() {
    return emptyCells;
  }
}

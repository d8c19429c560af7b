package io.tracegram.runtime.history;

import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Turns rows into series of readings, some thousand at a time. Single-threaded. */
final class Batches {
  /** Most readings that leave at once. */
  static final int MAX_READINGS = 2_000;

  private final Columns columns;
  private final boolean intervals;
  private final long stepMillis;
  private final ColumnSurvey registers;
  private final History.Wanted wanted;
  private final Consumer<List<Series>> sink;
  private final List<List<Reading>> readings = new ArrayList<>();
  private final long[] lastEnd;
  private final long[] shifts;
  private int count;
  private boolean taken;

  Batches(
      HistoryForm form,
      Columns columns,
      ColumnSurvey registers,
      History.Wanted wanted,
      Consumer<List<Series>> sink) {
    this.columns = columns;
    this.intervals = form.values() == HistoryForm.Values.INTERVALS;
    this.stepMillis = form.step().toMillis();
    this.registers = registers;
    this.wanted = wanted;
    this.sink = sink;
    this.lastEnd = new long[columns.meters().size()];
    this.shifts = new long[columns.meters().size()];
    Arrays.fill(lastEnd, Long.MIN_VALUE);
    columns.meters().forEach(meter -> readings.add(new ArrayList<>()));
  }

  /** Takes the row that was taken last. */
  void row(RowReader row) {
    long end = row.endMillis();
    taken = end > wanted.afterMillis();
    if (count + 2 * readings.size() > MAX_READINGS) {
      flush();
    }
    for (int i = 0; i < readings.size(); i++) {
      if (!row.has(i) || !wanted.holds(columns.meters().get(i).meter(), end)) {
        continue;
      }
      if (intervals && lastEnd[i] != end - stepMillis) {
        begin(row, i, end - stepMillis);
      }
      add(i, end, row.level(i));
      lastEnd[i] = end;
    }
  }

  /** Begins a register where its first wanted row does, or anew after a gap, lower by its fall. */
  private void begin(RowReader row, int column, long start) {
    shifts[column] =
        lastEnd[column] == Long.MIN_VALUE
            ? row.addedBefore(column)
            : shifts[column] + registers.fall(column);
    add(column, start, row.levelBefore(column));
  }

  private void add(int column, long millis, long level) {
    if (taken) {
      readings.get(column).add(new Reading(millis, level - shifts[column]));
      count++;
    }
  }

  /** Hands on what is not handed on yet. */
  void flush() {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      if (!readings.get(i).isEmpty()) {
        series.add(
            new Series(
                columns.meters().get(i).meter(),
                Register.ENERGY_IMPORT,
                "",
                registers.resolution(i),
                readings.get(i)));
        readings.set(i, new ArrayList<>());
      }
    }
    if (!series.isEmpty()) {
      sink.accept(series);
    }
    count = 0;
  }
}

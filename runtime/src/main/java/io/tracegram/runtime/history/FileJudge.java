package io.tracegram.runtime.history;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;

/** Reads a file once, to know all that is wrong with it. Single-threaded, used once. */
final class FileJudge {
  private static final int MAX_ROWS = Integer.MAX_VALUE - 1;

  private final History.Source source;
  private final LongConsumer progress;
  private final boolean intervals;
  private final BitSet skipped = new BitSet();
  private final List<Finding> bad = new ArrayList<>();
  private final List<Finding> fallen = new ArrayList<>();
  private long badRows;
  private long falls;
  private long goodRows;
  private long blankRows;
  private long startMillis;

  FileJudge(History.Source source, LongConsumer progress) {
    this.source = source;
    this.progress = progress;
    this.intervals = source.form().values() == HistoryForm.Values.INTERVALS;
  }

  History.Judged judge() throws IOException {
    try (InputStream in = Files.newInputStream(source.file())) {
      Lines lines = new Lines(in);
      Cells cells = new Cells();
      if (!lines.next() || lines.isTooLong() || !cells.split(lines.text())) {
        return unusable(new Finding(1, "is no header of comma-separated columns"));
      }
      List<Finding> header = new ArrayList<>();
      Columns columns = Columns.of(cells.all(), source.form(), source.meters(), header);
      if (!header.isEmpty()) {
        return new History.Judged.Unusable(header.stream().limit(History.MAX_FINDINGS).toList());
      }
      return judge(lines, columns);
    }
  }

  private History.Judged judge(Lines lines, Columns columns) throws IOException {
    int meters = columns.meters().size();
    RowReader rows = new RowReader(source.form(), columns, new long[meters], source.latest());
    ColumnSurvey registers = new ColumnSurvey(meters);
    while (lines.next()) {
      progress.accept(lines.bytes());
      if (lines.number() > MAX_ROWS) {
        return unusable(new Finding(lines.number(), "is one row too many: cut the file"));
      }
      row(lines, rows, registers, columns);
    }
    unfilled(rows.forgetRepeated(), lines.number() - blankRows);
    if (goodRows == 0) {
      return badRows == 0
          ? unusable(new Finding(2, "is missing: there is nothing to import"))
          : new History.Judged.Unusable(bad);
    }
    Survey survey =
        new Survey(
            lines.hash(),
            goodRows,
            badRows,
            bad,
            falls,
            fallen,
            rows.missingSlots(),
            rows.emptyCells(),
            startMillis,
            rows.endMillis(),
            columns.meters().stream().map(Columns.Cell::meter).toList());
    return new History.Judged.Usable(new History(source, columns, survey, skipped, registers));
  }

  private void row(Lines lines, RowReader rows, ColumnSurvey registers, Columns columns) {
    long row = lines.number();
    String text = lines.text();
    if (text.isBlank()) {
      blankRows++;
      return;
    }
    for (; blankRows > 0; blankRows--) {
      bad(row - blankRows, "is empty");
    }
    String wrong =
        lines.isTooLong() ? "is longer than " + Lines.MAX_LINE + " bytes" : rows.split(text);
    if (wrong.isEmpty()) {
      unfilled(rows.forgetUnfilled(), row - 1);
      wrong = rows.take(row);
    }
    if (!wrong.isEmpty()) {
      bad(row, wrong);
      return;
    }
    good(row, rows, registers, columns);
  }

  private void good(long row, RowReader rows, ColumnSurvey registers, Columns columns) {
    long end = rows.endMillis();
    long start = end - source.form().step().toMillis();
    if (goodRows++ == 0) {
      startMillis = intervals ? start : end;
    }
    for (int i = 0; i < columns.meters().size(); i++) {
      if (rows.has(i)) {
        registers.note(i, rows.value(i), start, end);
      }
    }
    for (String column : rows.fallen()) {
      if (falls++ < History.MAX_FINDINGS) {
        fallen.add(new Finding(row, "column '" + column + "' is lower than before"));
      }
    }
  }

  private void bad(long row, String reason) {
    skipped.set((int) row);
    if (badRows++ < History.MAX_FINDINGS) {
      bad.add(new Finding(row, reason));
    }
  }

  /** An hour that was taken to be the repeated one, and was not: its rows count no more. */
  private void unfilled(long from, long through) {
    for (long row = from; from > 0 && row <= through; row++) {
      if (!skipped.get((int) row)) {
        goodRows--;
        bad(row, "is of an hour that the clock repeats, and the rows do not fill it twice");
      }
    }
  }

  private static History.Judged unusable(Finding finding) {
    return new History.Judged.Unusable(List.of(finding));
  }
}

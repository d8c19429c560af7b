package io.tracegram.runtime.history;

import io.tracegram.ledger.evidence.statement.Series;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A file of history that was judged whole, and can be read as registers. Immutable; the file must
 * not change meanwhile.
 *
 * <p>Registers of interval energy begin anew after each period without a row, lower than any
 * reading before could have come to, so that the accounts see a reset and take that period as
 * unknown.
 */
public final class History {
  /** How many bad rows are named. */
  public static final int MAX_FINDINGS = 20;

  private final Source source;
  private final Columns columns;
  private final Survey survey;
  private final BitSet skipped;
  private final ColumnSurvey registers;

  /**
   * A file and what it is read for.
   *
   * @param meters ids of the plant's meters
   * @param latest no row may be later
   */
  public record Source(Path file, HistoryForm form, Collection<String> meters, Instant latest) {}

  /** What came of judging a file. */
  public sealed interface Judged {
    /** Nothing of it may be imported: its header is not understood, or it holds no good row. */
    record Unusable(List<Finding> findings) implements Judged {}

    /** Its good rows may be imported; whether they are if there are bad ones is the caller's. */
    record Usable(History history) implements Judged {}
  }

  History(Source source, Columns columns, Survey survey, BitSet skipped, ColumnSurvey registers) {
    this.source = source;
    this.columns = columns;
    this.survey = survey;
    this.skipped = skipped;
    this.registers = registers;
  }

  /**
   * Reads the whole file once.
   *
   * @param progress told how many bytes were read
   */
  public static Judged judge(Source source, LongConsumer progress) throws IOException {
    return new FileJudge(source, progress).judge();
  }

  public Survey survey() {
    return survey;
  }

  /** Says whether its values are the energy of periods, which become registers here. */
  public boolean isIntervals() {
    return source.form().values() == HistoryForm.Values.INTERVALS;
  }

  /** Returns the lowest register, mWh, at which a meter's interval energy may begin. */
  public long lowestBase(String meter) {
    return isIntervals() ? registers.lowestBase(survey.meters().indexOf(meter)) : 0;
  }

  /** Returns the highest register, mWh, at which a meter's interval energy may begin. */
  public long highestBase(String meter) {
    return KilowattHours.MAX - registers.total(survey.meters().indexOf(meter));
  }

  /**
   * Reads the good rows as registers.
   *
   * @param bases where the registers of interval energy begin, mWh, by meter; others begin at their
   *     {@link #lowestBase}; none above its {@link #highestBase}
   * @param afterMillis rows that end by then were imported before and are left out
   * @param batches takes the readings in the order of time, at most {@link Batches#MAX_READINGS} of
   *     them at once; all readings of a row are in one batch
   * @param progress told how many bytes were read
   * @throws IOException if the file cannot be read, or is not the one that was judged
   */
  public void read(
      Map<String, Long> bases,
      long afterMillis,
      Consumer<List<Series>> batches,
      LongConsumer progress)
      throws IOException {
    long[] levels = new long[columns.meters().size()];
    for (int i = 0; i < levels.length; i++) {
      String meter = columns.meters().get(i).meter();
      levels[i] = bases.getOrDefault(meter, lowestBase(meter));
    }
    RowReader rows = new RowReader(source.form(), columns, levels, source.latest());
    Batches out = new Batches(source.form(), columns, registers, afterMillis, batches);
    try (InputStream in = Files.newInputStream(source.file())) {
      Lines lines = new Lines(in);
      lines.next();
      while (lines.next()) {
        progress.accept(lines.bytes());
        long row = lines.number();
        String text = lines.text();
        if (text.isBlank() || skipped.get((int) row)) {
          continue;
        }
        String wrong = rows.split(text);
        if (wrong.isEmpty()) {
          wrong = rows.take(row);
        }
        if (!wrong.isEmpty()) {
          throw changed("row " + row + " " + wrong);
        }
        out.row(rows);
      }
      if (!lines.hash().equals(survey.file())) {
        throw changed("its bytes differ");
      }
    }
    out.flush();
  }

  private IOException changed(String how) {
    return new IOException(
        source.file() + " was changed while it was imported (" + how + "): import it again");
  }
}

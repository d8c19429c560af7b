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

  /**
   * Which rows are read as registers.
   *
   * @param afterMillis those that end by then are left out
   * @param windows by meter of interval energy: of it, only periods within the window count
   */
  public record Wanted(long afterMillis, Map<String, Window> windows) {
    public static final Wanted ALL = after(Long.MIN_VALUE);

    public Wanted {
      windows = Map.copyOf(windows);
    }

    public static Wanted after(long millis) {
      return new Wanted(millis, Map.of());
    }

    boolean holds(String meter, long endMillis) {
      Window window = windows.get(meter);
      return window == null || (endMillis > window.fromMillis && endMillis <= window.toMillis);
    }
  }

  /** The time {@code [fromMillis, toMillis)}, whole periods of a file. */
  public record Window(long fromMillis, long toMillis) {}

  /**
   * The energy of a meter in a row's period.
   *
   * @param row line of the file, the header being 1
   */
  public record Period(
      long row, String meter, long startMillis, long endMillis, long milliwattHours) {}

  /** Takes the rows of a file. */
  private interface Rows {
    void take(long row, RowReader reader) throws IOException;
  }

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

  /** Returns by how much a meter's register of interval energy falls after a gap, mWh. */
  public long fall(String meter) {
    return registers.fall(survey.meters().indexOf(meter));
  }

  /**
   * Reads the good rows of a file of interval energy, in its order.
   *
   * @throws IOException if the file cannot be read, is not the one that was judged, or {@code use}
   *     refuses a period
   */
  public void periods(Periodic use) throws IOException {
    long step = source.form().step().toMillis();
    each(
        new long[columns.meters().size()],
        bytes -> {},
        (row, reader) -> {
          for (int i = 0; i < columns.meters().size(); i++) {
            if (reader.has(i)) {
              long end = reader.endMillis();
              String meter = columns.meters().get(i).meter();
              use.take(new Period(row, meter, end - step, end, reader.value(i)));
            }
          }
        });
  }

  /** Takes one period after the other. */
  public interface Periodic {
    void take(Period period) throws IOException;
  }

  /**
   * Reads the good rows as registers.
   *
   * @param bases where the registers of interval energy begin, mWh, by meter; others begin at their
   *     {@link #lowestBase}; none above its {@link #highestBase}
   * @param batches takes the readings in the order of time, at most {@link Batches#MAX_READINGS} of
   *     them at once; all readings of a row are in one batch
   * @param progress told how many bytes were read
   * @throws IOException if the file cannot be read, or is not the one that was judged
   */
  public void read(
      Map<String, Long> bases, Wanted wanted, Consumer<List<Series>> batches, LongConsumer progress)
      throws IOException {
    long[] levels = new long[columns.meters().size()];
    for (int i = 0; i < levels.length; i++) {
      String meter = columns.meters().get(i).meter();
      levels[i] = bases.getOrDefault(meter, lowestBase(meter));
    }
    Batches out = new Batches(source.form(), columns, registers, wanted, batches);
    each(levels, progress, (row, reader) -> out.row(reader));
    out.flush();
  }

  private void each(long[] levels, LongConsumer progress, Rows use) throws IOException {
    RowReader rows = new RowReader(source.form(), columns, levels, source.latest());
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
        use.take(row, rows);
      }
      if (!lines.hash().equals(survey.file())) {
        throw changed("its bytes differ");
      }
    }
  }

  private IOException changed(String how) {
    return new IOException(
        source.file() + " was changed while it was imported (" + how + "): import it again");
  }
}

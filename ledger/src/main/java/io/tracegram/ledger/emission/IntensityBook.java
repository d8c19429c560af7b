package io.tracegram.ledger.emission;

import io.tracegram.ledger.emission.IntensitySeries.Slot;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.quantity.Energy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every intensity known so far, quarter by quarter; a later document overrides the slots that it
 * contains. Single-threaded.
 */
public final class IntensityBook {
  private static final long QUARTER = IntensitySeries.QUARTER;
  private static final int QUARTERS_PER_DAY = 96;
  private static final long ABSENT = -1;

  private final SortedMap<String, Shelf> shelves = new TreeMap<>();

  /** What a document changed, or why it changed nothing. */
  public sealed interface Outcome {
    /**
     * It was taken.
     *
     * @param changed where a value or its mark changed: sorted, disjoint, not touching
     */
    record Taken(List<Range> changed) implements Outcome {}

    /** It was left out whole. */
    record Refused(String reason) implements Outcome {}
  }

  /** The time {@code [fromMillis, toMillis)}. */
  public record Range(long fromMillis, long toMillis) {}

  /**
   * A book for {@code StateCodec}.
   *
   * @param documents encoded series of quarters, which taken in turn give the book again
   */
  public record State(List<Content> documents) {}

  private static final class Day {
    private final long[] nanogramsPerKwh = new long[QUARTERS_PER_DAY];
    private final BitSet estimated = new BitSet(QUARTERS_PER_DAY);

    Day() {
      Arrays.fill(nanogramsPerKwh, ABSENT);
    }
  }

  private static final class Shelf {
    private final Map<Long, Day> days = new HashMap<>();
    private IntensitySeries latest;

    Shelf(IntensitySeries first) {
      latest = first;
    }
  }

  /** Restores a book from {@link #state()}. */
  public static IntensityBook of(State state) {
    IntensityBook book = new IntensityBook();
    for (Content document : state.documents()) {
      if (!(FactorDocumentCodec.decode(document.bytes()) instanceof IntensitySeries series)
          || !(book.take(series) instanceof Outcome.Taken)) {
        throw new IllegalArgumentException("not the state of an intensity book");
      }
    }
    return book;
  }

  /** Takes a series in; refused if zone, boundary or GWP set differ from what its id had. */
  public Outcome take(IntensitySeries series) {
    Optional<String> refusal = refusal(series);
    if (refusal.isPresent()) {
      return new Outcome.Refused(refusal.get());
    }
    Shelf shelf = shelves.computeIfAbsent(series.id(), id -> new Shelf(series));
    shelf.latest = header(series, List.of());
    List<Range> changed = new ArrayList<>();
    for (Slot slot : series.slots()) {
      for (long offset = 0; offset < series.stepMillis(); offset += QUARTER) {
        long start = Math.addExact(slot.startMillis(), offset);
        if (put(shelf, start, slot)) {
          append(changed, start);
        }
      }
    }
    return new Outcome.Taken(List.copyOf(changed));
  }

  /** Returns why a series would not be taken, if it would not. */
  public Optional<String> refusal(IntensitySeries series) {
    return told(series.id())
        .filter(held -> !describe(held).equals(describe(series)))
        .map(
            held ->
                "series "
                    + series.id()
                    + " is of "
                    + describe(held)
                    + ", not of "
                    + describe(series)
                    + ": give the other one an id of its own");
  }

  /** Returns what was told last of a series, without its slots. */
  public Optional<IntensitySeries> told(String id) {
    return Optional.ofNullable(shelves.get(id)).map(shelf -> header(shelf.latest, List.of()));
  }

  /** Says whether every slot of a series is known with exactly its value, for its grid, as good. */
  public boolean holds(IntensitySeries series) {
    if (refusal(series).isPresent()) {
      return false;
    }
    for (Slot slot : series.slots()) {
      for (long offset = 0; offset < series.stepMillis(); offset += QUARTER) {
        Optional<Slot> known = at(series.id(), slot.startMillis() + offset);
        if (known.isEmpty()
            || known.get().nanogramsPerKwh() != slot.nanogramsPerKwh()
            || known.get().estimated() != slot.estimated()) {
          return false;
        }
      }
    }
    return told(series.id()).map(held -> held.quality().equals(series.quality())).orElse(false);
  }

  public boolean knows(String id) {
    return shelves.containsKey(id);
  }

  /** Returns the intensity of the quarter that holds this time, if it is known. */
  public Optional<Slot> at(String id, long millis) {
    Shelf shelf = shelves.get(id);
    if (shelf == null || millis < 0) {
      return Optional.empty();
    }
    long quarter = millis / QUARTER;
    Day day = shelf.days.get(quarter / QUARTERS_PER_DAY);
    return day == null ? Optional.empty() : slot(day, quarter);
  }

  /**
   * Returns the posting of energy used in {@code [startMillis, endMillis)}, empty if the intensity
   * is unknown.
   *
   * @throws IllegalArgumentException if the interval is not within one quarter of an hour
   * @throws ArithmeticException if the posting is beyond 9.2 Mt
   */
  public Optional<IntensitySeries.Posting> post(
      String id, long startMillis, long endMillis, Energy energy) {
    if (endMillis <= startMillis || (endMillis - 1) / QUARTER != startMillis / QUARTER) {
      throw new IllegalArgumentException(
          "[" + startMillis + ", " + endMillis + ") is not within one quarter of an hour");
    }
    return at(id, startMillis).map(slot -> slot.of(energy));
  }

  public State state() {
    List<Content> documents = new ArrayList<>();
    for (Shelf shelf : shelves.values()) {
      List<Slot> slots = slots(shelf);
      int from = 0;
      do {
        int to = Math.min(slots.size(), from + SlotColumns.MAX_SLOTS);
        documents.add(
            Content.of(FactorDocumentCodec.encode(header(shelf.latest, slots.subList(from, to)))));
        from = to;
      } while (from < slots.size());
    }
    return new State(documents);
  }

  private static List<Slot> slots(Shelf shelf) {
    List<Slot> slots = new ArrayList<>();
    new TreeMap<>(shelf.days)
        .forEach(
            (number, day) -> {
              for (int i = 0; i < QUARTERS_PER_DAY; i++) {
                slot(day, number * QUARTERS_PER_DAY + i).ifPresent(slots::add);
              }
            });
    return slots;
  }

  private static Optional<Slot> slot(Day day, long quarter) {
    int index = (int) (quarter % QUARTERS_PER_DAY);
    long value = day.nanogramsPerKwh[index];
    return value == ABSENT
        ? Optional.empty()
        : Optional.of(new Slot(quarter * QUARTER, value, day.estimated.get(index)));
  }

  private static boolean put(Shelf shelf, long start, Slot slot) {
    long quarter = start / QUARTER;
    Day day = shelf.days.computeIfAbsent(quarter / QUARTERS_PER_DAY, number -> new Day());
    int index = (int) (quarter % QUARTERS_PER_DAY);
    boolean same =
        day.nanogramsPerKwh[index] == slot.nanogramsPerKwh()
            && day.estimated.get(index) == slot.estimated();
    day.nanogramsPerKwh[index] = slot.nanogramsPerKwh();
    day.estimated.set(index, slot.estimated());
    return !same;
  }

  private static void append(List<Range> ranges, long start) {
    long end = Math.addExact(start, QUARTER);
    if (!ranges.isEmpty() && ranges.getLast().toMillis() == start) {
      ranges.set(ranges.size() - 1, new Range(ranges.getLast().fromMillis(), end));
    } else {
      ranges.add(new Range(start, end));
    }
  }

  private static IntensitySeries header(IntensitySeries series, List<Slot> slots) {
    return new IntensitySeries(
        series.id(),
        series.zone(),
        series.boundary(),
        series.gwpSet(),
        series.source(),
        series.licence(),
        QUARTER,
        slots,
        series.quality());
  }

  private static String describe(IntensitySeries series) {
    return series.zone() + ", " + series.boundary() + ", " + series.gwpSet();
  }
}

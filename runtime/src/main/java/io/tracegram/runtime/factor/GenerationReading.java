package io.tracegram.runtime.factor;

import io.tracegram.ledger.quantity.Energy;
import io.tracegram.runtime.factor.IntensityReading.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What came out of reading a generator's hours: all of them, or none. */
public sealed interface GenerationReading {
  /** How the first line begins. */
  String FIRST_COLUMN = "hour_utc";

  /** Longest file that is read. */
  int MAX_BYTES = 8 << 20;

  /**
   * Every hour that was there.
   *
   * @param hours by start, ms since 1970 UTC, at least one; what is absent generated nothing
   */
  record Read(SortedMap<Long, Energy> hours) implements GenerationReading {
    public Read {
      hours = Collections.unmodifiableSortedMap(new TreeMap<>(hours));
    }
  }

  /**
   * Why none of it counts.
   *
   * @param faults as they were found, at least one; not all, if there are very many
   */
  record Refused(List<Fault> faults) implements GenerationReading {
    public Refused {
      faults = List.copyOf(faults);
    }
  }

  /**
   * Reads a CSV {@code hour_utc,kwh} of at most {@link #MAX_BYTES}, one row a UTC hour.
   *
   * @throws IOException if there is none, or it cannot be read
   */
  static GenerationReading of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CsvGeneration.read(new BoundedInput(in, MAX_BYTES));
    } catch (BoundedInput.TooLong e) {
      return new Refused(List.of(new Fault(1, String.valueOf(e.getMessage()))));
    }
  }
}

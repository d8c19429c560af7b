package io.tracegram.runtime.factor;

import io.tracegram.ledger.emission.IntensitySeries.Slot;
import java.util.List;
import java.util.Optional;

/** What came out of reading intensities: all of it, or nothing. */
public sealed interface IntensityReading {
  /**
   * Every slot that was there.
   *
   * @param stepMillis length of every slot, detected: a quarter, a half or a whole hour
   * @param slots by strictly rising start, at least one
   * @param absent steps between the first and the last slot that are not there
   * @param boundary what the publisher says is included, if he does
   * @param zone what the publisher calls the grid, if he does
   */
  record Read(
      long stepMillis,
      List<Slot> slots,
      long absent,
      Optional<String> boundary,
      Optional<String> zone)
      implements IntensityReading {
    public Read {
      slots = List.copyOf(slots);
    }
  }

  /**
   * Why none of it counts.
   *
   * @param faults as they were found, at least one; not all, if there are very many
   */
  record Refused(List<Fault> faults) implements IntensityReading {
    public Refused {
      faults = List.copyOf(faults);
    }

    /** Returns the first fault as a sentence. */
    public String reason() {
      Fault first = faults.getFirst();
      return "line " + first.line() + ": " + first.reason();
    }
  }

  /**
   * One thing that is wrong.
   *
   * @param line from 1
   * @param reason with the value, and what to do
   */
  record Fault(long line, String reason) {}
}

package io.tracegram.edge.device;

import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;

/** What a device gave, or why it gave nothing. Immutable; the time is added where it is signed. */
public sealed interface Observation {
  /** Returns the device's id in the plant model. */
  String device();

  /**
   * Registers of a meter, read in one poll.
   *
   * @param serial what the meter reported when it was connected; empty if it has none
   * @param values at least one, of which at least one is cumulative
   * @param ageMillis how long ago the meter gave them, ms of plant time, ≥ 0
   */
  record Measured(String device, String serial, List<Value> values, long ageMillis)
      implements Observation {
    public Measured {
      values = List.copyOf(values);
    }

    /** Just read. */
    public Measured(String device, String serial, List<Value> values) {
      this(device, serial, values, 0);
    }
  }

  /**
   * One register's value.
   *
   * @param baseUnits mWh or mW; of another carrier, millionths of its unit
   * @param resolution the step the register can show at this value, in the same unit, ≥ 1
   */
  record Value(Register register, long baseUnits, long resolution) {}

  /** A stable net weight, above zero. */
  record Weighed(String device, Mass mass) implements Observation {}

  /**
   * A label with valid GS1 data.
   *
   * @param symbology AIM identifier without the bracket
   * @param text the data after it
   */
  record Scanned(String device, String symbology, String text) implements Observation {}

  /**
   * Tags that came into a portal's field.
   *
   * @param tags 1 to 250, in the order in which they came
   */
  record TagsSeen(String device, List<SeenTag> tags) implements Observation {
    public TagsSeen {
      tags = List.copyOf(tags);
    }
  }

  /**
   * One tag, as {@code ledger}'s {@code Tag} has it, without the time at which we were told.
   *
   * @param firstSeenMicros by the reader's own clock, µs since 1970 UTC; 0 if it has none
   */
  record SeenTag(Content epc, int antenna, int rssiDbm, long firstSeenMicros, int count) {}

  /**
   * Something the device sent is not accepted, while the device itself works.
   *
   * @param code stable, such as {@code scan.not-gs1}
   * @param reason for a person: what, and what to do next
   */
  record Refused(String device, String code, String reason) implements Observation {}

  /** The device gives no value, as far as known until a {@link Good} follows. */
  record Bad(String device, String code, String reason) implements Observation {}

  /**
   * The device works.
   *
   * @param what what was found, for a person
   */
  record Good(String device, String what) implements Observation {}
}

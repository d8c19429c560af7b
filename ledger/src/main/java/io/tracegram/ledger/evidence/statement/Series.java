package io.tracegram.ledger.evidence.statement;

import java.util.List;

/**
 * Consecutive readings of one register of one meter.
 *
 * @param meter the meter's id in the plant model
 * @param register what is counted
 * @param serial the serial number the meter reported when it was connected; empty if it has none
 * @param resolution the step the register can show at this value, in its base unit, ≥ 1
 * @param readings at least one, in the order they were taken
 */
public record Series(
    String meter, Register register, String serial, long resolution, List<Reading> readings) {
  public Series {
    readings = List.copyOf(readings);
    if (readings.isEmpty() || resolution < 1) {
      throw new IllegalArgumentException("a series has readings and a positive resolution");
    }
  }
}

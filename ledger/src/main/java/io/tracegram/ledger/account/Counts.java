package io.tracegram.ledger.account;

import io.tracegram.ledger.energy.Slice;
import io.tracegram.ledger.plant.PlantModel.Meter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the registers counted in one quarter of an hour, each worked out once. Single-threaded. */
final class Counts {
  private static final Slice NOTHING = new Slice(0, 0, 0, 0, 0, 0, 0, 0, 0);

  private final Registers registers;
  private final long start;
  private final long end;
  private final Map<String, Slice> imports = new HashMap<>();
  private final Map<String, Slice> exports = new HashMap<>();

  Counts(Registers registers, long start) {
    this.registers = registers;
    this.start = start;
    this.end = start + IntervalAccount.LENGTH_MILLIS;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  /** Returns what a meter's import register counted. */
  Slice in(Meter meter) {
    return imports.computeIfAbsent(meter.id(), id -> registers.slice(id, start, end));
  }

  /** Returns what a meter's export register counted; nothing if it was never read. */
  Slice out(Meter meter) {
    return exports.computeIfAbsent(
        meter.id(), id -> registers.exports(id) ? registers.exported(id, start, end) : NOTHING);
  }

  /** Returns what a meter's import register counted in a part of the quarter. */
  long energy(Meter meter, long from, long to) {
    return registers.slice(meter.id(), from, to).energy();
  }

  /** Returns what the meters of a role counted together. */
  long sum(List<Meter> meters, Meter.Role role, boolean export) {
    long sum = 0;
    for (Meter meter : meters) {
      if (meter.role() == role) {
        sum = Math.addExact(sum, (export ? out(meter) : in(meter)).energy());
      }
    }
    return sum;
  }

  long resolution(Meter meter) {
    return registers.resolution(meter.id());
  }
}

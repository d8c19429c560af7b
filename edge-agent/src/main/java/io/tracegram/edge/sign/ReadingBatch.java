package io.tracegram.edge.sign;

import io.tracegram.edge.device.Observation;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Readings that wait to become one statement: every value of a cumulative register, the latest of
 * power. Single-threaded.
 */
final class ReadingBatch {
  private static final int MOST_READINGS = 1_000;
  private static final int MOST_SERIES = 250;

  private record Key(String meter, Register register, String serial, long resolution) {}

  private record PowerKey(String meter, String serial) {}

  private record Power(long resolution, Reading reading) {}

  private final Map<Key, List<Reading>> energy = new LinkedHashMap<>();
  private final Map<PowerKey, Power> power = new LinkedHashMap<>();
  private int size;

  void add(long measuredMillis, Observation.Measured measured) {
    for (Observation.Value value : measured.values()) {
      Reading reading = new Reading(measuredMillis, value.baseUnits());
      if (value.register().cumulative()) {
        Key key =
            new Key(measured.device(), value.register(), measured.serial(), value.resolution());
        energy.computeIfAbsent(key, first -> new ArrayList<>()).add(reading);
        size++;
      } else {
        power.put(
            new PowerKey(measured.device(), measured.serial()),
            new Power(value.resolution(), reading));
      }
    }
  }

  /** Returns the number of energy readings. */
  int size() {
    return size;
  }

  /** Says whether one more poll could exceed what one statement takes. */
  boolean isFull() {
    return size >= MOST_READINGS || energy.size() + power.size() >= MOST_SERIES;
  }

  boolean isEmpty() {
    return energy.isEmpty() && power.isEmpty();
  }

  Body.Readings body() {
    List<Series> series = new ArrayList<>();
    energy.forEach(
        (key, readings) ->
            series.add(
                new Series(key.meter(), key.register(), key.serial(), key.resolution(), readings)));
    power.forEach(
        (key, latest) ->
            series.add(
                new Series(
                    key.meter(),
                    Register.POWER,
                    key.serial(),
                    latest.resolution(),
                    List.of(latest.reading()))));
    return new Body.Readings(series);
  }
}

package io.tracegram.edge.sign;

import io.tracegram.ledger.evidence.statement.ClockStatus;
import java.time.InstantSource;

/** The time that statements carry. Thread-safe. */
public interface PlantTime {
  /** Returns ms since 1970 UTC, ≥ 0. */
  long millis();

  ClockStatus status();

  /** Returns the system's time, which nothing vouches for. */
  static PlantTime of(InstantSource system) {
    return new PlantTime() {
      @Override
      public long millis() {
        return system.millis();
      }

      @Override
      public ClockStatus status() {
        return ClockStatus.INFORMATIVE;
      }
    };
  }
}

package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.plant.PlantModel;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The accounts of closed intervals, held still while a question is answered. Not to be kept beyond
 * it.
 */
public interface ClosedAccounts {
  /** Returns the number of leaves in the accounts. */
  long size();

  Optional<PlantModel> plant();

  /** Returns plant time of the newest agent statement. */
  OptionalLong plantMillis();

  OptionalLong closedThroughMillis();

  /**
   * Passes intervals that start in {@code [fromMillis, toMillis)}, oldest first, without holding
   * more than a day of them; a quarter of an hour that is not closed is absent.
   */
  void between(long fromMillis, long toMillis, Consumer<ClosedInterval> use);
}

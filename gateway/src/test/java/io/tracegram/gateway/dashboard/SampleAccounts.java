package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.plant.PlantModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Accounts that a test made. Immutable. */
record SampleAccounts(
    long size,
    Optional<PlantModel> plant,
    OptionalLong plantMillis,
    OptionalLong closedThroughMillis,
    List<ClosedInterval> intervals)
    implements ClosedAccounts {
  @Override
  public void between(long fromMillis, long toMillis, Consumer<ClosedInterval> use) {
    intervals.stream()
        .filter(interval -> interval.startMillis() >= fromMillis)
        .filter(interval -> interval.startMillis() < toMillis)
        .forEach(use);
  }
}

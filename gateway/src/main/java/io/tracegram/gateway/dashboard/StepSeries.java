package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.emission.Basis;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sums of closed intervals by step.
 *
 * @param size leaves in the accounts when they were read
 * @param span empty before the first statement, if no time was asked for
 * @param shown the basis on which emissions are shown
 * @param steps one for each step of the span; not written to any more
 */
record StepSeries(
    long size,
    OptionalLong closedThroughMillis,
    Subject subject,
    Optional<Span> span,
    Basis shown,
    List<StepSum> steps) {
  StepSeries {
    steps = List.copyOf(steps);
  }
}

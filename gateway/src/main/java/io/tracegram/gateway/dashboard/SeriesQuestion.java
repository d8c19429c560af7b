package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.LedgerHead;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.RequestRefused;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * What series somebody asks for. Immutable.
 *
 * @param from ms since 1970 UTC; empty, as is {@code to}, for the day of plant time
 * @param node id of a meter, or the site; all of the plant if empty
 * @param source id of a source meter; all of them if empty
 * @param asOf the log size at which the accounts are asked about, the present one if empty
 */
record SeriesQuestion(
    OptionalLong from,
    OptionalLong to,
    StepLength step,
    Optional<String> node,
    Optional<String> source,
    BasisChoice basis,
    OptionalLong asOf) {
  /**
   * Reads a query.
   *
   * @throws RequestRefused if it contradicts itself
   */
  static SeriesQuestion of(Parameters query, BasisChoice basis) {
    OptionalLong from = query.moment("from");
    OptionalLong to = query.moment("to");
    if (from.isPresent() != to.isPresent()) {
      throw RequestRefused.bad("give both from and to, or neither for today");
    }
    return new SeriesQuestion(
        from,
        to,
        StepLength.parse(query.text("step").orElse("15m")),
        query.text("node"),
        query.text("source"),
        basis,
        asOf(query));
  }

  /** Reads the log size that a query is about; whether the log had it, the accounts know. */
  static OptionalLong asOf(Parameters query) {
    return query.integer("asOf", 0, Long.MAX_VALUE);
  }

  /**
   * Returns the time that is asked about.
   *
   * @throws RequestRefused if the time is too long
   */
  ClosedAccounts.Range range(LedgerHead head) {
    return span(head)
        .map(known -> new ClosedAccounts.Range(known.fromMillis(), known.toMillis()))
        .orElse(ClosedAccounts.Range.NONE);
  }

  /**
   * Sums the accounts.
   *
   * @param content makes an empty sum of a subject and the basis it is shown on
   * @throws RequestRefused if the plant has no such node or source, or the time is too long
   */
  StepSeries ask(ClosedAccounts accounts, BiFunction<Subject, Basis, StepSum.Content> content) {
    LedgerHead head = accounts.head();
    Subject subject = Subject.of(head, node, source);
    Optional<Span> span = span(head);
    Basis shown = basis.one().orElseGet(() -> headline(accounts));
    List<StepSum> steps = new ArrayList<>();
    span.ifPresent(
        known -> {
          for (int i = 0; i < known.steps(); i++) {
            steps.add(new StepSum(subject, content.apply(subject, shown)));
          }
          accounts.each(interval -> steps.get(known.stepAt(interval.startMillis())).add(interval));
        });
    return new StepSeries(head.size(), head.closedThroughMillis(), subject, span, shown, steps);
  }

  private Optional<Span> span(LedgerHead head) {
    if (from.isPresent() && to.isPresent()) {
      ZoneId zone = head.plant().map(LocalDay::zone).orElse(ZoneOffset.UTC);
      return Optional.of(Span.of(from.getAsLong(), to.getAsLong(), step, zone));
    }
    return LocalDay.of(head.plant(), head.plantMillis())
        .map(day -> Span.of(day.startMillis(), day.endMillis(), step, day.zone()));
  }

  /** Returns the headline of the newest account of the time, so that bases are never mixed. */
  private static Basis headline(ClosedAccounts accounts) {
    Optional<PlantModel> plant = accounts.head().plant();
    return accounts
        .newest()
        .map(SeriesQuestion::headline)
        .orElseGet(
            () ->
                plant.isEmpty() || plant.get().grid().factor().isPresent()
                    ? Basis.LB_ANNUAL
                    : Basis.LB_HOURLY);
  }

  private static Basis headline(ClosedInterval interval) {
    return switch (interval) {
      case ClosedInterval.Whole whole -> whole.account().headline();
      case ClosedInterval.Summary _ -> Basis.LB_ANNUAL;
    };
  }
}

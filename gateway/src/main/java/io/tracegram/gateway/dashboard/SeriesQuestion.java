package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.IntervalAccount;
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
 * @param asOf a log size, which must be the present one
 */
record SeriesQuestion(
    OptionalLong from,
    OptionalLong to,
    StepLength step,
    Optional<String> node,
    Optional<String> source,
    BasisChoice basis,
    Optional<String> asOf) {
  private static final long QUARTER = IntervalAccount.LENGTH_MILLIS;

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
        query.text("asOf"));
  }

  /**
   * Sums the accounts.
   *
   * @param content makes an empty sum of a subject and the basis it is shown on
   * @throws RequestRefused if the plant has no such node or source, or the time is too long
   */
  StepSeries ask(ClosedAccounts accounts, BiFunction<Subject, Basis, StepSum.Content> content) {
    if (asOf.isPresent()) {
      throw RequestRefused.bad(
          "answers stand on the accounts as they are now, on "
              + accounts.size()
              + " leaves; those of an earlier log size are recomputed by tracegram verify, so"
              + " leave asOf out");
    }
    Subject subject = Subject.of(accounts.plant(), node, source);
    Optional<Span> span = span(accounts);
    Basis shown =
        basis
            .one()
            .orElseGet(() -> span.map(known -> headline(accounts, known)).orElse(Basis.LB_ANNUAL));
    List<StepSum> steps = new ArrayList<>();
    span.ifPresent(
        known -> {
          for (int i = 0; i < known.steps(); i++) {
            steps.add(new StepSum(subject, content.apply(subject, shown)));
          }
          accounts.between(
              known.fromMillis(),
              known.toMillis(),
              interval -> steps.get(known.stepAt(interval.startMillis())).add(interval));
        });
    return new StepSeries(
        accounts.size(), accounts.closedThroughMillis(), subject, span, shown, steps);
  }

  private Optional<Span> span(ClosedAccounts accounts) {
    if (from.isPresent() && to.isPresent()) {
      ZoneId zone = accounts.plant().map(LocalDay::zone).orElse(ZoneOffset.UTC);
      return Optional.of(Span.of(from.getAsLong(), to.getAsLong(), step, zone));
    }
    return LocalDay.of(accounts.plant(), accounts.plantMillis())
        .map(day -> Span.of(day.startMillis(), day.endMillis(), step, day.zone()));
  }

  /** Returns the headline of the newest account in a span, so that bases are never mixed. */
  private static Basis headline(ClosedAccounts accounts, Span span) {
    long end = Math.min(span.toMillis(), accounts.closedThroughMillis().orElse(span.toMillis()));
    for (long window : new long[] {QUARTER, 96 * QUARTER, span.toMillis() - span.fromMillis()}) {
      List<Basis> found = new ArrayList<>();
      accounts.between(
          Math.max(span.fromMillis(), end - window),
          end,
          interval -> found.add(headline(interval)));
      if (!found.isEmpty()) {
        return found.getLast();
      }
    }
    return accounts.plant().map(PlantModel::grid).flatMap(PlantModel.Grid::factor).isPresent()
        ? Basis.LB_ANNUAL
        : Basis.LB_HOURLY;
  }

  private static Basis headline(ClosedInterval interval) {
    return switch (interval) {
      case ClosedInterval.Whole whole -> whole.account().headline();
      case ClosedInterval.Summary _ -> Basis.LB_ANNUAL;
    };
  }
}

package io.tracegram.ledger.account;

import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.FactorDocument;
import io.tracegram.ledger.emission.FactorDocumentCodec;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.emission.IntensityBook;
import io.tracegram.ledger.energy.MeterCurve;
import io.tracegram.ledger.energy.Origin;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.plant.PlantModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Closes quarters of an hour, by the edition of the rules that is in force. Single-threaded. */
final class Intervals {
  /** One close accounts at most a day anew, so that what it brings about is bounded. */
  private static final long MOST_INTERVALS_PER_CLOSE = 96;

  private static final int MOST_RESTATED_PER_CLOSE = 512;

  private final MeterBook meters;
  private final CustodyBook custody;
  private final Expectations expectations;
  private final ProblemBook problems;
  private final IntervalBook book;
  private final RulesOne one;
  private final RulesTwo two;
  private final PlantHistory plants;
  private final PeriodBook periods;
  private final StillMeters still;
  private final EstimatedDays estimated;
  private int edition;
  private OptionalLong closedThrough;

  /**
   * All of it.
   *
   * @param edition of the rules in force
   */
  record State(
      IntervalBook.State book,
      RulesOne.State one,
      RulesTwo.State two,
      PlantHistory.State plants,
      PeriodBook.State periods,
      StillMeters.State still,
      EstimatedDays.State estimated,
      int edition,
      OptionalLong closedThrough) {}

  Intervals(
      State state,
      MeterBook meters,
      CustodyBook custody,
      Expectations expectations,
      ProblemBook problems) {
    this.meters = meters;
    this.custody = custody;
    this.expectations = expectations;
    this.problems = problems;
    book = new IntervalBook(state.book);
    one = new RulesOne(state.one, new CurveExceptions(problems));
    two = new RulesTwo(state.two, problems);
    plants = new PlantHistory(state.plants);
    periods = new PeriodBook(state.periods, book, plants);
    still = new StillMeters(state.still);
    estimated = new EstimatedDays(state.estimated);
    edition = state.edition;
    closedThrough = state.closedThrough;
  }

  static State empty() {
    return new State(
        new IntervalBook().state(),
        RulesOne.empty(),
        RulesTwo.empty(),
        PlantHistory.empty(),
        PeriodBook.empty(),
        StillMeters.empty(),
        EstimatedDays.empty(),
        1,
        OptionalLong.empty());
  }

  State state() {
    return new State(
        book.state(),
        one.state(),
        two.state(),
        plants.state(),
        periods.state(),
        still.state(),
        estimated.state(),
        edition,
        closedThrough);
  }

  /** Returns what is closed. */
  IntervalBook book() {
    return book;
  }

  /** Returns the closed months. */
  PeriodBook periods() {
    return periods;
  }

  Totals totals(long readings, long agentStatements, long leaves) {
    return periods.settled(book.totals(readings, agentStatements, leaves));
  }

  OptionalLong closedThrough() {
    return closedThrough;
  }

  private EnergyRules rules() {
    return edition == 1 ? one : two;
  }

  /** From the next leaf on, another edition of the rules is in force. */
  void follow(int version, Optional<PlantModel> plant, long leaf) {
    if (version < edition || version > FacilityLedger.CALCULATOR) {
      throw new IllegalStateException(
          version < edition
              ? "leaf %d goes back to calculator %d from %d".formatted(leaf, version, edition)
              : "leaf %d needs calculator %d, this program has %d: use a newer release"
                  .formatted(leaf, version, FacilityLedger.CALCULATOR));
    }
    if (edition == 1 && version > 1) {
      plant.ifPresent(known -> two.takeOver(known, one.state().curves()));
      closedThrough.ifPresent(two::begin);
    }
    boolean lacksMarket = edition == 3 && version > 3;
    edition = version;
    custody.follow(version, plant);
    if (lacksMarket) {
      book.facilityIntervals(0, closedThrough.orElse(0)).forEach(custody::takeOver);
      periods.starts().forEach(this::settle);
    }
  }

  /** Another plant model is in force; what lacked a factor is priced, if it has one. */
  void plan(PlantModel plant, long leaf) {
    rules().plan(plant);
    plants.declared(plant, closedThrough);
    if (edition > 1) {
      book.unpriced(Set.of(Basis.LB_ANNUAL, Basis.PCF_LIFECYCLE)).stream()
          .filter(start -> plants.at(start).grid().factor().isPresent())
          .forEach(start -> two.due().priced(start, start + 1, leaf));
    }
  }

  List<MeterState> meters(PlantModel plant) {
    return plant.meters().stream()
        .map(meter -> meters.state(meter, rules().newest(meter.id())))
        .toList();
  }

  void book(PlantModel plant, Series series, Origin origin, long leaf) {
    rules().book(series, origin, leaf);
    if (series.register() == Register.POWER || !begins(plant, series)) {
      return;
    }
    long first = IntervalAccount.quarter(series.readings().getFirst().measuredMillis());
    if (closedThrough.isEmpty() || (edition > 1 && book.isEmpty())) {
      closedThrough = OptionalLong.of(Math.min(first, closedThrough.orElse(first)));
    }
  }

  /** Says whether an account can begin with a series. */
  private boolean begins(PlantModel plant, Series series) {
    return edition == 1
        ? plant.gridMeter().id().equals(series.meter())
        : plant.meter(series.meter()).map(meter -> meter.role().isSource()).orElse(false);
  }

  /**
   * Takes a document of factors, which prices what is closed from now on; empty if it was refused.
   */
  Optional<FactorDocument> declare(long leaf, byte[] document, long millis) {
    try {
      FactorDocument read = FactorDocumentCodec.decode(document);
      if (read instanceof InstrumentPortfolio held) {
        changed(held).ifPresent(from -> periods.instruments(from, leaf));
      }
      Optional<String> refusal = two.declare(read, leaf);
      refusal.ifPresent(reason -> refuse(reason, leaf, millis));
      return refusal.isEmpty() ? Optional.of(read) : Optional.empty();
    } catch (MalformedException e) {
      refuse(String.valueOf(e.getMessage()), leaf, millis);
      return Optional.empty();
    }
  }

  private void refuse(String reason, long leaf, long millis) {
    problems.raise(
        "emission.document-refused",
        "factor-set",
        reason,
        "it prices nothing",
        "correct the file, and declare it again",
        millis,
        1,
        leaf);
  }

  private OptionalLong changed(InstrumentPortfolio held) {
    return two.portfolio().map(held::differsFrom).orElse(OptionalLong.of(Long.MIN_VALUE));
  }

  Optional<InstrumentPortfolio> instruments() {
    return two.portfolio();
  }

  boolean holds(InstrumentPortfolio portfolio) {
    return two.portfolio().map(portfolio::equals).orElse(false);
  }

  IntensityBook intensities() {
    return two.intensities();
  }

  /** Changes a register's curve; empty if there is no such register, or the rules have none. */
  <T> Optional<T> correct(String meter, long leaf, Function<MeterCurve, T> correction) {
    return edition == 1
        ? Optional.empty()
        : two.correct(meter, leaf, (curve, cause) -> correction.apply(curve));
  }

  OptionalLong closable(Optional<PlantModel> plant, OptionalLong plantMillis) {
    if (plant.isEmpty() || closedThrough.isEmpty() || plantMillis.isEmpty()) {
      return OptionalLong.empty();
    }
    long closed = closedThrough.getAsLong();
    OptionalLong known = rules().knownThrough(plant.get(), meters, plantMillis.getAsLong());
    long through =
        known.isEmpty()
            ? closed
            : Math.min(
                IntervalAccount.quarter(known.getAsLong()),
                closed + MOST_INTERVALS_PER_CLOSE * IntervalAccount.LENGTH_MILLIS);
    if (through > closed) {
      return OptionalLong.of(through);
    }
    return edition > 1 && (two.due().isDueBefore(closed) || periods.isDue() || custody.isDue())
        ? OptionalLong.of(closed)
        : OptionalLong.empty();
  }

  void close(Optional<PlantModel> plant, OptionalLong plantMillis, long leaf, long through) {
    OptionalLong newest = closable(plant, plantMillis);
    if (plant.isEmpty()
        || newest.isEmpty()
        || through != IntervalAccount.quarter(through)
        || through > newest.getAsLong()
        || through < closedThrough.orElse(Long.MAX_VALUE)
        || (edition == 1 && through == closedThrough.orElse(Long.MAX_VALUE))) {
      problems.raise(
          "account.close-refused",
          "interval-close",
          "a close that is not a quarter of an hour, before the last one, or too early",
          "it closes nothing",
          "check the gateway's clock and program",
          through,
          1,
          leaf);
      return;
    }
    int ordinal = 0;
    for (long start = closedThrough.orElseThrow();
        start < through;
        start += IntervalAccount.LENGTH_MILLIS) {
      expect(leaf, ordinal++, interval(plant.get(), leaf, start));
    }
    closedThrough = OptionalLong.of(through);
    if (edition > 1) {
      ordinal = restate(leaf, ordinal);
      if (!two.due().isDueBefore(through)) {
        ordinal = revise(leaf, ordinal);
      }
    }
    custody.accountedThrough(through);
    finishLots(plant.get(), leaf, ordinal);
  }

  /** Closes a month; what comes later restates it. */
  void closePeriod(long leaf, long from, long through) {
    Optional<String> refusal =
        edition == 1
            ? Optional.of("the first calculator knows no months")
            : periods.refusal(from, through, closedThrough);
    if (refusal.isPresent()) {
      problems.raise(
          "account.period-refused",
          "period-close",
          refusal.get(),
          "it closes nothing",
          "check the gateway's clock and program",
          through,
          1,
          leaf);
      return;
    }
    expect(leaf, 0, periods.close(from, through, two.portfolio(), leaf));
    settle(from);
    int ordinal = revise(leaf, 1);
    if (edition > 2) {
      custody.closePeriod(plants.at(from), from, through);
      finishLots(plants.at(from), leaf, ordinal);
    }
  }

  private int revise(long leaf, int firstOrdinal) {
    int ordinal = firstOrdinal;
    for (Map.Entry<Long, Optional<Content>> month :
        periods.revise(two.portfolio(), leaf).entrySet()) {
      if (month.getValue().isPresent()) {
        expect(leaf, ordinal++, month.getValue().get());
      }
      settle(month.getKey());
    }
    return ordinal;
  }

  /** Gives lots what a closed month's market makes of their figures. */
  private void settle(long from) {
    PeriodAccount month = periods.at(from).orElseThrow().account();
    if (edition > 3 && month.market().isPresent()) {
      custody.settle(month, book.facilityIntervals(month.fromMillis(), month.toMillis()));
    }
  }

  private Content interval(PlantModel plant, long leaf, long start) {
    EnergyRules.Result result = rules().interval(plant, start, custody.presences());
    for (String meter : result.imbalanced()) {
      problems.raise(
          "energy.imbalance",
          meter,
          "the meters below it counted more than itself",
          edition == 1
              ? "their energy is scaled down to it"
              : "more than their errors explain: its energy is not attributed",
          "check CT ratios, wiring and the meter tree in plant.yaml",
          start,
          1,
          leaf);
    }
    two.due().accounted(start);
    return accounted(plant, result.account(), leaf);
  }

  private Content accounted(PlantModel plant, Account account, long leaf) {
    Content content = book.put(account, leaf);
    custody.attribute(plant, account);
    if (account instanceof Account.OfFacility(int _, FacilityInterval interval)) {
      FactorProblems.raise(problems, interval, leaf);
      still.note(interval, problems, leaf);
      estimated.note(interval, problems, leaf);
      UnattributedProblems.raise(problems, interval, leaf);
    }
    return content;
  }

  /** Makes accounts again that are due, or for the first time where history came later. */
  private int restate(long leaf, int firstOrdinal) {
    int ordinal = firstOrdinal;
    Map<Long, Restatements.Due> taken =
        two.due().takeBefore(closedThrough.orElseThrow(), MOST_RESTATED_PER_CLOSE);
    for (Map.Entry<Long, Restatements.Due> due : taken.entrySet()) {
      long start = due.getKey();
      Optional<Content> account =
          book.contains(start)
              ? book.facilityInterval(start)
                  .flatMap(before -> restated(before, due.getValue(), leaf))
              : two.history(plants.at(start), start)
                  .map(
                      first ->
                          accounted(
                              plants.at(start),
                              new Account.OfFacility(two.version(), first),
                              leaf));
      if (account.isPresent()) {
        expect(leaf, ordinal++, account.get());
        periods.restated(start, due.getValue().leaf());
      }
    }
    FactorProblems.clear(problems, book.totals(0, 0, 0));
    return ordinal;
  }

  private Optional<Content> restated(FacilityInterval before, Restatements.Due due, long leaf) {
    Revision next =
        new Revision(
            before.revision().number() + 1, book.leaf(before.startMillis()).orElse(-1), due.leaf());
    return two.restate(plants.at(before.startMillis()), before, due.measured(), next)
        .map(
            after -> {
              Content content = book.put(new Account.OfFacility(two.version(), after), leaf);
              custody.restate(before, after, due.leaf());
              return content;
            });
  }

  /** Says which lots are final by what is known now. */
  void finishLots(PlantModel plant, long leaf, int firstOrdinal) {
    int ordinal = firstOrdinal;
    for (Content lot : custody.finish(plant, headline(plant), closedThrough.orElse(0), leaf)) {
      expect(leaf, ordinal++, lot);
    }
  }

  /** Returns the basis of scope 2 that counts in the figures of lots. */
  Basis headline(PlantModel plant) {
    return edition == 1 ? Basis.LB_ANNUAL : two.headline(plant);
  }

  private void expect(long cause, int ordinal, Content account) {
    expectations.expect(new Body.Derived(Kind.ACCOUNT, cause, ordinal, account));
  }
}

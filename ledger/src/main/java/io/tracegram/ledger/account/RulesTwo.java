package io.tracegram.ledger.account;

import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.FactorDocument;
import io.tracegram.ledger.emission.FactorDocumentCodec;
import io.tracegram.ledger.emission.FactorSet;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.emission.IntensityBook;
import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.ledger.energy.MeterCurve;
import io.tracegram.ledger.energy.Origin;
import io.tracegram.ledger.energy.RegisterCurve;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.lot.Presence;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.quantity.Energy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * The second edition: every source and carrier, all bases side by side, readings in any order;
 * closed intervals are restated when what they rest on changes.
 */
final class RulesTwo implements EnergyRules {
  static final int VERSION = 2;

  private static final long DAY = 24 * 3_600_000L;

  /** How long readings can restate a closed interval; their energy is never lost. */
  private static final long HORIZON = 62 * DAY;

  /** How far back history may be imported. */
  private static final long REACH = 20 * 366 * DAY;

  private final RegisterExceptions exceptions;
  private final Registers registers;
  private final IntensityBook intensities;
  private final Restatements due;
  private final Presences presences;
  private Optional<InstrumentPortfolio> portfolio;
  private long through;
  private long forgotten;

  /**
   * All of it.
   *
   * @param portfolio encoded
   * @param through end of the newest interval, 0 before the first
   * @param forgotten time before which readings are no longer kept
   */
  record State(
      Registers.State registers,
      IntensityBook.State intensities,
      Restatements.State due,
      Map<String, Presence> presences,
      Optional<Content> portfolio,
      long through,
      long forgotten) {}

  RulesTwo(State state, ProblemBook problems) {
    exceptions = new RegisterExceptions(problems);
    registers = new Registers(state.registers);
    intensities = IntensityBook.of(state.intensities);
    due = new Restatements(state.due);
    presences = new Presences(state.presences);
    portfolio =
        state.portfolio.map(held -> (InstrumentPortfolio) FactorDocumentCodec.decode(held.bytes()));
    through = state.through;
    forgotten = state.forgotten;
  }

  static State empty() {
    return new State(
        Registers.empty(),
        new IntensityBook().state(),
        Restatements.empty(),
        new LinkedHashMap<>(),
        Optional.empty(),
        0,
        0);
  }

  State state() {
    return new State(
        registers.state(),
        intensities.state(),
        due.state(),
        presences.state(),
        portfolio.map(held -> Content.of(FactorDocumentCodec.encode(held))),
        through,
        forgotten);
  }

  /** Goes on from the first edition's curves. */
  void takeOver(PlantModel plant, Map<String, RegisterCurve.State> curves) {
    registers.plan(plant, curves);
  }

  /** Says what another edition has accounted. */
  void begin(long accountedThrough) {
    through = accountedThrough;
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public void plan(PlantModel plant) {
    registers.plan(plant, Map.of());
  }

  @Override
  public void book(Series series, Origin origin, long leaf) {
    registers.book(
        series,
        origin,
        leaf,
        (outcome, meter, reading) -> exceptions.tell(leaf, outcome, meter, reading),
        (from, to) -> changed(from, to, leaf));
  }

  /** What is not accounted yet is not restated; what is out of reach neither. */
  private void changed(long from, long to, long leaf) {
    due.measured(Math.max(from, through - REACH), Math.min(to, through), leaf);
  }

  /** Takes a document of factors; says why if it was refused. */
  Optional<String> declare(FactorDocument document, long leaf) {
    return switch (document) {
      case IntensitySeries series ->
          switch (intensities.take(series)) {
            case IntensityBook.Outcome.Refused(String reason) -> Optional.of(reason);
            case IntensityBook.Outcome.Taken(List<IntensityBook.Range> changed) -> {
              for (IntensityBook.Range range : changed) {
                due.priced(
                    Math.max(range.fromMillis(), through - REACH),
                    Math.min(range.toMillis(), through),
                    leaf);
              }
              yield Optional.empty();
            }
          };
      case InstrumentPortfolio held -> {
        portfolio = Optional.of(held);
        yield Optional.empty();
      }
      case FactorSet _ -> Optional.empty(); // evidence; the plant model says which factor counts
    };
  }

  /** Returns the instruments that the facility holds. */
  Optional<InstrumentPortfolio> portfolio() {
    return portfolio;
  }

  IntensityBook intensities() {
    return intensities;
  }

  /** Changes a register's curve, and notes what has to be restated. */
  <T> Optional<T> correct(String meter, long leaf, BiFunction<MeterCurve, Long, T> correction) {
    return registers
        .imported(meter)
        .map(
            curve -> {
              T outcome = correction.apply(curve, leaf);
              Registers.tell(curve, (from, to) -> changed(from, to, leaf));
              return outcome;
            });
  }

  @Override
  public OptionalLong knownThrough(PlantModel plant, MeterBook meters, long agentMillis) {
    boolean live = plant.meters().stream().anyMatch(meter -> !isImported(meter));
    long known = Long.MAX_VALUE;
    for (Meter meter : plant.meters()) {
      OptionalLong newest = newest(meter.id()).millis();
      // nobody waits for a file
      boolean awaited = !isImported(meter) || (!live && newest.isPresent());
      if (meters.isBad(meter.id())) {
        known = Math.min(known, agentMillis);
      } else if (awaited && newest.isEmpty()) {
        return OptionalLong.empty();
      } else if (awaited) {
        known = Math.min(known, newest.getAsLong());
      }
    }
    return known == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(known);
  }

  private static boolean isImported(Meter meter) {
    return meter.profile().equals(Meter.IMPORTED);
  }

  @Override
  public Newest newest(String meter) {
    return registers
        .imported(meter)
        .map(curve -> new Newest(curve.newestMillis(), curve.register()))
        .orElse(new Newest(OptionalLong.empty(), Energy.ZERO));
  }

  Restatements due() {
    return due;
  }

  @Override
  public Result interval(PlantModel plant, long start, List<Presence> present) {
    presences.told(present, start);
    FacilityInterval account = account(plant, start, Optional.empty());
    long end = account.endMillis();
    through = Math.max(through, end);
    if (end % DAY == 0) {
      // what is still due is still asked for
      long until = Math.min(end - HORIZON, due.first().orElse(end));
      forgotten = Math.max(forgotten, until);
      presences.forgetBefore(until);
      registers.forget(end - DAY, until, presences.cuts());
    }
    List<String> imbalanced =
        account.marks().stream()
            .filter(mark -> mark.kind() == Mark.Kind.IMBALANCE)
            .map(Mark::node)
            .toList();
    return new Result(new Account.OfFacility(version(), account), imbalanced);
  }

  /** Accounts an interval before those that are closed; empty if no source was read in it. */
  Optional<FacilityInterval> history(PlantModel plant, long start) {
    Counts counts = new Counts(registers, start);
    boolean read =
        plant.meters().stream()
            .filter(meter -> meter.role().isSource())
            .anyMatch(meter -> counts.in(meter).missingMillis() < IntervalAccount.LENGTH_MILLIS);
    return read ? Optional.of(account(plant, start, Optional.empty())) : Optional.empty();
  }

  /**
   * Accounts a closed interval again; empty if its figures stay the same. What rests on readings
   * that are no longer kept is priced anew at most.
   */
  Optional<FacilityInterval> restate(
      PlantModel plant, FacilityInterval before, boolean measure, Revision revision) {
    FacilityInterval after =
        measure && before.startMillis() >= forgotten
            ? account(plant, before.startMillis(), Optional.of(before))
            : priced(plant, before);
    return after.sameFigures(before) ? Optional.empty() : Optional.of(after.as(revision));
  }

  private FacilityInterval priced(PlantModel plant, FacilityInterval before) {
    Pricing pricing = new Pricing(plant, intensities, portfolio);
    return before.priced(pricing.headline(), FuelSplit.again(plant, pricing, before));
  }

  Basis headline(PlantModel plant) {
    return new Pricing(plant, intensities, portfolio).headline();
  }

  private FacilityInterval account(
      PlantModel plant, long start, Optional<FacilityInterval> before) {
    Pricing pricing = new Pricing(plant, intensities, portfolio);
    List<Posting> postings = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    List<Presence> present = presences.in(start, start + IntervalAccount.LENGTH_MILLIS);
    Counts counts = new Counts(registers, start);
    for (String carrier : plant.meteredCarriers()) {
      Intake intake = Intake.of(plant, carrier, counts, pricing, marks);
      postings.addAll(intake.postings());
      entries.addAll(new Spread(plant, carrier, counts, present, marks).of(intake));
    }
    FuelSplit.Moved moved =
        new FuelSplit(plant, pricing, start, meter -> Optional.of(counts.in(meter))).move(postings);
    entries.addAll(moved.entries());
    marks.addAll(moved.marks());
    entries.sort(Entry.CANONICAL);
    return new FacilityInterval(
        start,
        Revision.FIRST,
        pricing.headline(),
        moved.postings(),
        entries,
        meters(plant, counts, before),
        marks.stream().distinct().toList());
  }

  private List<MeterSlice> meters(
      PlantModel plant, Counts counts, Optional<FacilityInterval> before) {
    List<MeterSlice> slices = new ArrayList<>();
    for (Meter meter : plant.meters()) {
      slices.add(meter(meter, false, counts, before));
      if (registers.exports(meter.id())) {
        slices.add(meter(meter, true, counts, before));
      }
    }
    return slices;
  }

  private MeterSlice meter(
      Meter meter, boolean export, Counts counts, Optional<FacilityInterval> before) {
    Registers.Leaves leaves = registers.account(meter.id(), export, counts.start());
    for (MeterSlice earlier : before.map(FacilityInterval::meters).orElse(List.of())) {
      if (earlier.meter().equals(meter.id()) && earlier.export() == export) {
        leaves = leaves.and(new Registers.Leaves(earlier.firstLeaf(), earlier.lastLeaf()));
      }
    }
    return new MeterSlice(
        meter.id(),
        export,
        export ? counts.out(meter) : counts.in(meter),
        leaves.first(),
        leaves.last());
  }
}

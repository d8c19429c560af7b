package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.AbsorptionAccount;
import io.tracegram.ledger.account.ClosedPeriod;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.LedgerHead;
import io.tracegram.ledger.account.LedgerProblem;
import io.tracegram.ledger.account.LotFamily;
import io.tracegram.ledger.account.LotSearch;
import io.tracegram.ledger.account.LotState;
import io.tracegram.ledger.account.MeterState;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.account.StatedFactors;
import io.tracegram.ledger.account.Totals;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.MassBalance;
import io.tracegram.ledger.custody.Order;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A plant on a winter day, for tests of pages and for looking at them. It lives by {@link #advance}
 * and starts empty or at noon. Thread-safe.
 */
public final class SamplePlant implements PlantReadModel {
  /** 2026-03-11T22:00:00Z, midnight in Helsinki. */
  public static final long MIDNIGHT = Instant.parse("2026-03-11T22:00:00Z").toEpochMilli();

  private static final long QUARTER = IntervalAccount.LENGTH_MILLIS;

  private final SampleModel model;
  private final List<IntervalAccount> closed = new ArrayList<>();
  private final List<LedgerProblem> problems = new ArrayList<>();
  private final List<PlantProblem> ownProblems = new ArrayList<>();
  private final List<Integer> gaps;
  private int quarters;
  private long size;
  private long plantMillis;
  private boolean started;

  /**
   * Makes a plant.
   *
   * @param name of the facility, possibly hostile
   * @param quarters closed today
   * @param gaps quarters of the day without an account
   */
  public SamplePlant(String name, int quarters, List<Integer> gaps) {
    model = new SampleModel(name);
    this.gaps = List.copyOf(gaps);
    started = quarters > 0;
    plantMillis = MIDNIGHT;
    size = 5;
    for (int i = 0; i < quarters; i++) {
      advance();
    }
  }

  public static SamplePlant atAfternoon() {
    SamplePlant plant = new SamplePlant("Kokkola cobalt refinery", 57, List.of(22, 23));
    plant.raise("calciner-meter", "no answer from the meter for 35 s");
    return plant;
  }

  public static SamplePlant empty() {
    return new SamplePlant("", 0, List.of());
  }

  /** Closes the next quarter of an hour. */
  public synchronized void advance() {
    started = true;
    if (!gaps.contains(quarters)) {
      closed.add(model.interval(MIDNIGHT + quarters * QUARTER, quarters));
    }
    quarters++;
    plantMillis = MIDNIGHT + quarters * QUARTER + 100_000;
    size += 211;
  }

  /** Says that something came that changes no figure but the log. */
  public synchronized void grow() {
    size++;
  }

  /** Says that a factor is missing for part of what is made. */
  synchronized void loseFactor() {
    model.loseFactor();
  }

  public synchronized void raise(String subject, String reason) {
    problems.addFirst(
        new LedgerProblem(
            "modbus.timeout",
            subject,
            reason,
            "no values since then; a cumulative register keeps the energy, only its timing is lost",
            "check its cable and power; it is tried again by itself",
            plantMillis - 400_000,
            3,
            size - 40));
  }

  public synchronized void refuse(String subject, String reason) {
    ownProblems.addFirst(
        new PlantProblem(
            "intake.bad-signature",
            subject,
            reason,
            "the statement is in no account",
            "enrol the agent again if its key was changed",
            plantMillis,
            1,
            OptionalLong.empty()));
  }

  @Override
  public CompletableFuture<LotOrigin> origin(LotId lot) {
    return CompletableFuture.completedFuture(LotOrigin.NONE);
  }

  @Override
  public synchronized CompletableFuture<PlantSnapshot> snapshot() {
    if (!started) {
      return CompletableFuture.completedFuture(
          new PlantSnapshot(
              Optional.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              0,
              totals(),
              List.of(),
              List.of(),
              List.of(),
              0,
              List.of(),
              Map.of(),
              List.of()));
    }
    return CompletableFuture.completedFuture(
        new PlantSnapshot(
            Optional.of(model.plant()),
            OptionalLong.of(plantMillis),
            OptionalLong.of(MIDNIGHT + quarters * QUARTER),
            size,
            totals(),
            meters(),
            model.running(plantMillis, size),
            model.lots(size),
            model.lots(size).size(),
            List.copyOf(closed),
            leaves(),
            List.copyOf(problems)));
  }

  private List<MeterState> meters() {
    boolean lost = problems.stream().anyMatch(p -> p.subject().equals("calciner-meter"));
    return model.meters(plantMillis, Breakdown.of(closed).total().energy(), size, lost);
  }

  @Override
  public synchronized <T> CompletableFuture<T> closed(
      OptionalLong asOf,
      Function<LedgerHead, ClosedAccounts.Range> range,
      Function<ClosedAccounts, T> question) {
    try {
      SampleAccounts accounts = accounts();
      return CompletableFuture.completedFuture(
          question.apply(accounts.within(range.apply(accounts.head()))));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private SampleAccounts accounts() {
    Map<Long, Long> leaves = leaves();
    return new SampleAccounts(
        new LedgerHead(
            size,
            started ? Optional.of(model.plant()) : Optional.empty(),
            started ? OptionalLong.of(plantMillis) : OptionalLong.empty(),
            started ? OptionalLong.of(MIDNIGHT + quarters * QUARTER) : OptionalLong.empty(),
            StatedFactors.NONE),
        closed.stream()
            .<ClosedInterval>map(
                interval ->
                    new ClosedInterval.Summary(
                        interval, OptionalLong.of(leaves.getOrDefault(interval.startMillis(), 0L))))
            .toList());
  }

  /** Each account's leaf is one of the log's, in order. */
  private Map<Long, Long> leaves() {
    Map<Long, Long> leaves = new HashMap<>();
    for (int i = 0; i < closed.size(); i++) {
      leaves.put(closed.get(i).startMillis(), size - closed.size() + i);
    }
    return leaves;
  }

  @Override
  public CompletableFuture<LotFamily> family(LotId lot) {
    return CompletableFuture.completedFuture(new LotFamily(List.of(), List.of(), true));
  }

  @Override
  public synchronized CompletableFuture<AsOf<List<LotState>>> lots(LotSearch search, int limit) {
    return CompletableFuture.completedFuture(
        new AsOf<>(size, model.lots(size).stream().limit(limit).toList()));
  }

  @Override
  public synchronized CompletableFuture<AsOf<Optional<LotState>>> lot(LotId lot) {
    return CompletableFuture.completedFuture(
        new AsOf<>(
            size, model.lots(size).stream().filter(known -> known.lot().equals(lot)).findFirst()));
  }

  @Override
  public CompletableFuture<AsOf<MassBalance>> balance(long fromMillis, long toMillis) {
    return CompletableFuture.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public CompletableFuture<AsOf<Optional<Order>>> order(String id) {
    return CompletableFuture.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public CompletableFuture<AsOf<List<AbsorptionAccount>>> absorptions(int limit) {
    return CompletableFuture.completedFuture(new AsOf<>(size, List.of()));
  }

  @Override
  public synchronized CompletableFuture<AsOf<HeldInstruments>> instruments() {
    return CompletableFuture.completedFuture(
        new AsOf<>(size, new HeldInstruments(Optional.empty(), Optional.empty())));
  }

  @Override
  public synchronized CompletableFuture<AsOf<List<ClosedPeriod>>> periods(int limit) {
    return CompletableFuture.completedFuture(new AsOf<>(size, List.of()));
  }

  /** Returns what happened to lots this day, the oldest first. */
  public List<CustodyEvent> events() {
    return model.events(MIDNIGHT);
  }

  @Override
  public synchronized CompletableFuture<Optional<LeafEvidence>> evidence(long leaf) {
    return CompletableFuture.completedFuture(
        leaf < size ? Optional.of(model.evidence(leaf, size)) : Optional.empty());
  }

  @Override
  public synchronized LogStatus log() {
    PlantModel plant = model.plant();
    return new LogStatus(
        size,
        plant.origin() + "\n" + size + "\n",
        size,
        "3f9ad2c45b6e7f80912a3b4c5d6e7f8091a2b3c4d5e6f70819aabbccddeec21e",
        OptionalLong.of(Math.max(0, size - 3)),
        OptionalLong.of(Math.max(0, size - 210)),
        OptionalLong.empty(),
        "witness.example/w1");
  }

  @Override
  public synchronized Intake intake() {
    return new Intake(ownProblems.size(), OptionalLong.of(System.currentTimeMillis() - 2_000));
  }

  @Override
  public synchronized List<PlantProblem> problems() {
    return List.copyOf(ownProblems);
  }

  public PlantModel model() {
    return model.plant();
  }

  private Totals totals() {
    Breakdown sum = Breakdown.of(closed);
    Share direct = sum.lots();
    return new Totals(
        sum.total(),
        direct,
        sum.idle(),
        sum.overhead(),
        sum.unattributed(),
        Co2e.ZERO,
        closed.size(),
        closed.size() * 360L,
        size - 5,
        size);
  }

  static Energy kilowattHours(long hundredths) {
    return new Energy(hundredths * 10_000);
  }
}

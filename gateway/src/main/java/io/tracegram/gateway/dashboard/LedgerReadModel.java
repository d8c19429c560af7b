package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.AbsorptionAccount;
import io.tracegram.ledger.account.ClosedPeriod;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.account.LedgerHead;
import io.tracegram.ledger.account.LotFamily;
import io.tracegram.ledger.account.LotSearch;
import io.tracegram.ledger.account.LotState;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.MassBalance;
import io.tracegram.ledger.custody.Order;
import io.tracegram.ledger.evidence.log.Leaf;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Reads a running gateway: its ledger where that is confined, its log and intake from memory. */
public final class LedgerReadModel implements PlantReadModel {
  /** Runs a question where the ledger is confined; the answer must not hold on to the ledger. */
  public interface Accounts {
    <T> CompletableFuture<T> ask(Function<FacilityLedger, T> question);
  }

  /**
   * The gateway around the ledger. Thread-safe; {@code log}, {@code intake} and problems at once.
   */
  public interface Surroundings {
    LogStatus log();

    Intake intake();

    List<PlantProblem> problems();

    CompletableFuture<Optional<LeafEvidence>> evidence(long leaf);

    /** Reads a leaf of the log; waits for the disk. */
    Leaf leaf(long index);
  }

  private final Accounts accounts;
  private final Surroundings surroundings;
  private final Executor answering;

  /**
   * @param answering computes what takes long; not where the ledger is confined
   */
  public LedgerReadModel(Accounts accounts, Surroundings surroundings, Executor answering) {
    this.accounts = accounts;
    this.surroundings = surroundings;
    this.answering = answering;
  }

  @Override
  public CompletableFuture<PlantSnapshot> snapshot() {
    return accounts.ask(PlantSnapshot::of);
  }

  @Override
  public <T> CompletableFuture<T> closed(
      OptionalLong asOf,
      Function<LedgerHead, ClosedAccounts.Range> range,
      Function<ClosedAccounts, T> question) {
    return accounts
        .ask(ledger -> StoredAccounts.of(ledger, asOf, range, surroundings::leaf))
        .thenApplyAsync(question, answering);
  }

  @Override
  public CompletableFuture<AsOf<List<LotState>>> lots(LotSearch search, int limit) {
    return accounts.ask(ledger -> new AsOf<>(ledger.size(), ledger.lots(search, limit)));
  }

  @Override
  public CompletableFuture<LotFamily> family(LotId lot) {
    return accounts.ask(ledger -> ledger.family(lot));
  }

  @Override
  public CompletableFuture<AsOf<Optional<LotState>>> lot(LotId lot) {
    return accounts.ask(ledger -> new AsOf<>(ledger.size(), ledger.lot(lot)));
  }

  @Override
  public CompletableFuture<LotOrigin> origin(LotId lot) {
    return accounts.ask(ledger -> new LotOrigin(ledger.footprint(lot), ledger.claims(lot)));
  }

  @Override
  public CompletableFuture<AsOf<List<ClosedPeriod>>> periods(int limit) {
    return accounts.ask(
        ledger ->
            new AsOf<>(ledger.size(), ledger.periods().reversed().stream().limit(limit).toList()));
  }

  @Override
  public CompletableFuture<AsOf<List<AbsorptionAccount>>> absorptions(int limit) {
    return accounts.ask(
        ledger ->
            new AsOf<>(
                ledger.size(), ledger.absorptions().reversed().stream().limit(limit).toList()));
  }

  @Override
  public CompletableFuture<AsOf<HeldInstruments>> instruments() {
    return accounts.ask(
        ledger ->
            new AsOf<>(
                ledger.size(), new HeldInstruments(ledger.instruments(), ledger.newestPeriod())));
  }

  @Override
  public CompletableFuture<AsOf<MassBalance>> balance(long fromMillis, long toMillis) {
    return accounts.ask(ledger -> new AsOf<>(ledger.size(), ledger.balance(fromMillis, toMillis)));
  }

  @Override
  public CompletableFuture<AsOf<Optional<Order>>> order(String id) {
    return accounts.ask(ledger -> new AsOf<>(ledger.size(), ledger.order(id)));
  }

  @Override
  public CompletableFuture<Optional<LeafEvidence>> evidence(long leaf) {
    return surroundings.evidence(leaf);
  }

  @Override
  public LogStatus log() {
    return surroundings.log();
  }

  @Override
  public Intake intake() {
    return surroundings.intake();
  }

  @Override
  public List<PlantProblem> problems() {
    return surroundings.problems();
  }
}

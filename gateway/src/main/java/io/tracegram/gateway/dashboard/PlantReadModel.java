package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.AbsorptionAccount;
import io.tracegram.ledger.account.ClosedPeriod;
import io.tracegram.ledger.account.LedgerHead;
import io.tracegram.ledger.account.LotFamily;
import io.tracegram.ledger.account.LotSearch;
import io.tracegram.ledger.account.LotState;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.MassBalance;
import io.tracegram.ledger.custody.Order;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What the pages and the JSON interface read. Thread-safe; no method blocks. Futures may complete
 * on any thread; each answer is consistent in itself.
 */
public interface PlantReadModel {
  /** Returns the accounts as they are now. */
  CompletableFuture<PlantSnapshot> snapshot();

  /**
   * Asks the accounts of closed intervals as they were known at a log size; the answer is computed
   * on a thread of its own, and may take long.
   *
   * @param asOf log size, the present one if empty; a later one is refused
   * @param range says at once which time the question needs
   */
  <T> CompletableFuture<T> closed(
      OptionalLong asOf,
      Function<LedgerHead, ClosedAccounts.Range> range,
      Function<ClosedAccounts, T> question);

  /** Returns at most {@code limit} lots, newest first. */
  CompletableFuture<AsOf<List<LotState>>> lots(LotSearch search, int limit);

  /** Returns what a lot was made of and what was made of it. */
  CompletableFuture<LotFamily> family(LotId lot);

  CompletableFuture<AsOf<Optional<LotState>>> lot(LotId lot);

  /** Returns what suppliers say of a lot's material. */
  CompletableFuture<LotOrigin> origin(LotId lot);

  /** Returns at most {@code limit} closed months, newest first. */
  CompletableFuture<AsOf<List<ClosedPeriod>>> periods(int limit);

  /** Returns the overhead of at most {@code limit} closed months, newest first. */
  CompletableFuture<AsOf<List<AbsorptionAccount>>> absorptions(int limit);

  /** Returns the instruments in force, and the month that tells how far they were used. */
  CompletableFuture<AsOf<HeldInstruments>> instruments();

  /** Returns where every milligram of whole quarters of an hour went. */
  CompletableFuture<AsOf<MassBalance>> balance(long fromMillis, long toMillis);

  /** Returns an order that runs or ended. */
  CompletableFuture<AsOf<Optional<Order>>> order(String id);

  /** Returns a leaf with its proof, empty if the log has no such leaf. */
  CompletableFuture<Optional<LeafEvidence>> evidence(long leaf);

  /** Returns how far the log has come, from memory. */
  LogStatus log();

  /** Returns what the gateway has admitted and refused, from memory. */
  Intake intake();

  /**
   * Returns the gateway's own problems, newest first; those of the accounts are in the snapshot.
   */
  List<PlantProblem> problems();
}

package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.LotState;
import io.tracegram.ledger.custody.LotId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What the pages and the JSON interface read. Thread-safe; no method blocks. Futures may complete
 * on any thread; each answer is consistent in itself.
 */
public interface PlantReadModel {
  /** Returns the accounts as they are now. */
  CompletableFuture<PlantSnapshot> snapshot();

  /** Asks the accounts of closed intervals; the answer must not hold on to them. */
  <T> CompletableFuture<T> closed(Function<ClosedAccounts, T> question);

  /** Returns at most {@code limit} lots, newest first. */
  CompletableFuture<AsOf<List<LotState>>> lots(int limit);

  CompletableFuture<AsOf<Optional<LotState>>> lot(LotId lot);

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

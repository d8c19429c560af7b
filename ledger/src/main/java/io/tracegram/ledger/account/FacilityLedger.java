package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.PlantModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The accounts of one facility as a fold over its log. Single-threaded and deterministic: the same
 * leaves give the same results, whoever applies them.
 */
public final class FacilityLedger {
  /** The rules in this class, as {@code calculator} leaves name them. */
  public static final int CALCULATOR_VERSION = 1;

  /**
   * Applies the next leaf, whose signature and registration the caller has verified.
   *
   * @param index of the leaf, one more than that of the leaf before
   */
  public void apply(long index, Leaf leaf) {
    throw new IllegalStateException("under construction");
  }

  /**
   * Returns the results that the leaves so far bring about and that have no derived leaf yet, in
   * order; the gateway signs and appends them, a verifier expects none at the end of a whole log.
   */
  public List<Body.Derived> outstanding() {
    return List.of();
  }

  /** Returns the newest quarter of an hour that may be closed now, if it is not closed yet. */
  public OptionalLong closable() {
    return OptionalLong.empty();
  }

  public Optional<PlantModel> plant() {
    return Optional.empty();
  }

  /** Returns the number of leaves applied: the log size every figure stands on. */
  public long size() {
    return 0;
  }

  /** Returns plant time of the newest agent statement, ms since 1970 UTC. */
  public OptionalLong plantMillis() {
    return OptionalLong.empty();
  }

  /** Returns the end of the last closed interval. */
  public OptionalLong closedThroughMillis() {
    return OptionalLong.empty();
  }

  public Totals totals() {
    throw new IllegalStateException("under construction");
  }

  /** Returns closed intervals that start in {@code [fromMillis, toMillis)}, oldest first. */
  public List<IntervalAccount> intervals(long fromMillis, long toMillis) {
    return List.of();
  }

  public List<MeterState> meters() {
    return List.of();
  }

  /** Returns open orders, oldest first. */
  public List<OrderState> runningOrders() {
    return List.of();
  }

  /** Returns lots, newest first. */
  public List<LotState> lots() {
    return List.of();
  }

  public Optional<LotState> lot(LotId lot) {
    return Optional.empty();
  }

  /** Returns custody events, oldest first. */
  public List<CustodyEvent> events() {
    return List.of();
  }

  /** Returns received lots whose figure still waits for the supplier's passport. */
  public List<LotId> passportsWanted() {
    return List.of();
  }

  /** Returns what a person should know, newest first. */
  public List<LedgerProblem> problems() {
    return List.of();
  }
}

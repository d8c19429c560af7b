package io.tracegram.cloud.inventory;

import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.custody.CustodyEvent;
import java.util.List;

/**
 * Results of consecutive leaves that passed the audit; immutable.
 *
 * @param facility its id
 * @param auditedSize leaves checked when the batch is stored
 */
public record AuditedBatch(
    String facility,
    long auditedSize,
    List<Logged<IntervalAccount>> intervals,
    List<Logged<LotAccount>> lots,
    List<Logged<CustodyEvent>> events) {
  /**
   * A result with the leaf that holds it.
   *
   * @param leaf its index
   */
  public record Logged<T>(long leaf, T result) {}

  public AuditedBatch {
    intervals = List.copyOf(intervals);
    lots = List.copyOf(lots);
    events = List.copyOf(events);
  }
}

package io.tracegram.cloud.inventory;

import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.LedgerProblem;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.plant.FacilityLocation;
import java.util.List;
import java.util.Optional;

/**
 * Results of consecutive leaves that passed the audit; immutable.
 *
 * @param facility its id
 * @param auditedSize leaves checked when the batch is stored
 * @param footprints on which parts of these lots rest
 * @param exceptions of custody, each with the leaf whose audit told it
 * @param location where the facility stands by now, if it says so
 */
public record AuditedBatch(
    String facility,
    long auditedSize,
    List<Logged<IntervalAccount>> intervals,
    List<Logged<LotAccount>> lots,
    List<DeclaredPart> footprints,
    List<Logged<CustodyEvent>> events,
    List<Logged<LedgerProblem>> exceptions,
    Optional<FacilityLocation> location) {
  /**
   * A result with the leaf that holds it.
   *
   * @param leaf its index
   */
  public record Logged<T>(long leaf, T result) {}

  public AuditedBatch {
    intervals = List.copyOf(intervals);
    lots = List.copyOf(lots);
    footprints = List.copyOf(footprints);
    events = List.copyOf(events);
    exceptions = List.copyOf(exceptions);
  }

  /** A batch that tells of no exception and no place. */
  public AuditedBatch(
      String facility,
      long auditedSize,
      List<Logged<IntervalAccount>> intervals,
      List<Logged<LotAccount>> lots,
      List<Logged<CustodyEvent>> events) {
    this(facility, auditedSize, intervals, lots, List.of(), events, List.of(), Optional.empty());
  }
}

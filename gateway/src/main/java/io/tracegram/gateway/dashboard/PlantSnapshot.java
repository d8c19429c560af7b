package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.LedgerProblem;
import io.tracegram.ledger.account.LotState;
import io.tracegram.ledger.account.MeterState;
import io.tracegram.ledger.account.OrderState;
import io.tracegram.ledger.account.Totals;
import io.tracegram.ledger.plant.PlantModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The accounts of a plant at one log size. Immutable.
 *
 * @param plant empty until the log holds a plant model
 * @param plantMillis plant time of the newest agent statement
 * @param closedThroughMillis end of the last closed interval
 * @param size leaves in the accounts: every figure here stands on them
 * @param lots newest first, at most {@link #LOTS}
 * @param lotCount all lots
 * @param today closed intervals of the facility-local day of plant time, oldest first
 * @param intervalLeaves the leaf of each of their accounts, by start, as far as it is written
 * @param problems newest first
 */
public record PlantSnapshot(
    Optional<PlantModel> plant,
    OptionalLong plantMillis,
    OptionalLong closedThroughMillis,
    long size,
    Totals totals,
    List<MeterState> meters,
    List<OrderState> runningOrders,
    List<LotState> lots,
    long lotCount,
    List<IntervalAccount> today,
    Map<Long, Long> intervalLeaves,
    List<LedgerProblem> problems) {
  /** How many lots a snapshot carries. */
  public static final int LOTS = 12;

  public PlantSnapshot {
    meters = List.copyOf(meters);
    runningOrders = List.copyOf(runningOrders);
    lots = List.copyOf(lots);
    today = List.copyOf(today);
    intervalLeaves = Map.copyOf(intervalLeaves);
    problems = List.copyOf(problems);
  }

  /** Reads the ledger; call where the ledger is confined. */
  public static PlantSnapshot of(FacilityLedger ledger) {
    List<IntervalAccount> today =
        LocalDay.of(ledger.plant(), ledger.plantMillis())
            .map(day -> ledger.intervals(day.startMillis(), day.endMillis()))
            .orElse(List.of());
    return new PlantSnapshot(
        ledger.plant(),
        ledger.plantMillis(),
        ledger.closedThroughMillis(),
        ledger.size(),
        ledger.totals(),
        ledger.meters(),
        ledger.runningOrders(),
        ledger.lots(LOTS),
        ledger.lotCount(),
        today,
        leaves(ledger, today),
        ledger.problems());
  }

  /** Returns the leaf of each interval's account, by start, as far as it is written. */
  private static Map<Long, Long> leaves(FacilityLedger ledger, List<IntervalAccount> intervals) {
    Map<Long, Long> leaves = new HashMap<>();
    for (IntervalAccount interval : intervals) {
      ledger
          .intervalLeaf(interval.startMillis())
          .ifPresent(leaf -> leaves.put(interval.startMillis(), leaf));
    }
    return leaves;
  }

  /** Returns the leaf of a quarter-hour's account, empty until it is written. */
  OptionalLong intervalLeaf(long startMillis) {
    Long leaf = intervalLeaves.get(startMillis);
    return leaf == null ? OptionalLong.empty() : OptionalLong.of(leaf);
  }

  /** Returns the facility-local day of plant time, empty before the first statement. */
  Optional<LocalDay> day() {
    return LocalDay.of(plant, plantMillis);
  }
}

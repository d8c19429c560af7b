package io.tracegram.ledger.account;

import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.quantity.Energy;
import java.util.List;
import java.util.Optional;

/** Says how much of an interval went to no lot because something was missing, and what. */
final class UnattributedProblems {
  private UnattributedProblems() {}

  static void raise(ProblemBook problems, FacilityInterval interval, long leaf) {
    for (Entry entry : interval.entries()) {
      if (entry.cell().kind() == Cell.Kind.UNATTRIBUTED
          && entry.carrier().equals(Meter.ELECTRICITY)) {
        missing(interval.marks(), entry.node())
            .ifPresent(
                missing ->
                    problems.raise(
                        "energy.unattributed",
                        entry.node(),
                        "%s kWh of a quarter of an hour: %s"
                            .formatted(new Energy(entry.amount()).kilowattHours(), missing.reason),
                        "it is in no order; lots absorb it with the overhead",
                        missing.action,
                        interval.startMillis(),
                        1,
                        leaf));
      }
    }
  }

  private record Missing(String reason, String action) {}

  private static Optional<Missing> missing(List<Mark> marks, String node) {
    return marks.stream()
        .filter(mark -> mark.node().equals(node))
        .flatMap(mark -> missing(mark.kind()).stream())
        .findFirst();
  }

  private static Optional<Missing> missing(Mark.Kind kind) {
    return switch (kind) {
      case METER_MISSING ->
          Optional.of(
              new Missing(
                  "a meter below it was not read", "look at the meters below it, see the devices"));
      case WEIGHT_MISSING ->
          Optional.of(
              new Missing(
                  "an order had no mass to share by",
                  "scan and weigh what is put in when it is put in"));
      // told by a problem of its own, or no lack of anything
      case IMBALANCE, RECONCILED, NEGATIVE -> Optional.empty();
    };
  }
}

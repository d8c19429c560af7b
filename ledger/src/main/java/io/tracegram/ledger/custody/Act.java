package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Scanner;
import java.util.List;

/** Where, when, and by which leaf something was scanned. */
record Act(Scanner scanner, long millis, long leaf) {
  String station() {
    return scanner.workstation();
  }

  CustodyEvent event(
      PlantModel plant,
      CustodyEvent.Type type,
      List<LotQuantity> inputs,
      List<LotQuantity> outputs) {
    return new CustodyEvent(
        type,
        millis,
        leaf,
        inputs.stream().map(LotQuantity::plain).toList(),
        outputs,
        scanner.id(),
        plant.facility() + "/" + scanner.workstation(),
        scanner.destination());
  }
}

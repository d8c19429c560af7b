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

  /**
   * Names what a label opens here: packing goes on at all scanners and portals of a workstation.
   */
  String opens() {
    return scanner.step() == Scanner.Step.PACK ? "pack " + scanner.workstation() : scanner.id();
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

package io.tracegram.ledger.custody;

import io.tracegram.ledger.plant.PlantModel.Scanner;

/** A scan of a lot's label; it may wait for the weight of its scale. */
record Step(Act act, LotId lot) {
  Scanner scanner() {
    return act.scanner();
  }

  String station() {
    return act.station();
  }

  long millis() {
    return act.millis();
  }

  long leaf() {
    return act.leaf();
  }
}

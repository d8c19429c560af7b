package io.tracegram.ledger.custody;

import io.tracegram.ledger.quantity.Mass;

/** A weighed output that came before its inputs. */
record Parked(Step step, Mass mass) {
  long millis() {
    return step.millis();
  }
}

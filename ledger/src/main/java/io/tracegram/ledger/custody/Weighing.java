package io.tracegram.ledger.custody;

import io.tracegram.ledger.quantity.Mass;

/** A stable weight on which a mass rests; immutable. */
public record Weighing(String scale, long measuredMillis, Mass mass) {}

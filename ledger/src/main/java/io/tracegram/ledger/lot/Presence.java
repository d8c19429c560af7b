package io.tracegram.ledger.lot;

import io.tracegram.ledger.quantity.Mass;

/**
 * The time an order occupies a workstation.
 *
 * @param endMillis exclusive; {@link Long#MAX_VALUE} while it runs
 * @param mass put in, as far as it is known
 * @param pieces labels put in
 */
public record Presence(
    String order, String workstation, long startMillis, long endMillis, Mass mass, int pieces) {}

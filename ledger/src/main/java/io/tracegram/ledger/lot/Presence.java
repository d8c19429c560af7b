package io.tracegram.ledger.lot;

/**
 * The time an order occupies a workstation.
 *
 * @param endMillis exclusive; {@link Long#MAX_VALUE} while it runs
 */
public record Presence(String order, String workstation, long startMillis, long endMillis) {}

package io.tracegram.cloud.declaration;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.quantity.Co2e;

/**
 * A finished item's figures, without what they rest on. Immutable.
 *
 * @param product its material's name
 * @param simulated whether its devices are simulated
 * @param own emitted in the facility that made it
 */
public record FinishedItem(
    LotId item, String product, String facilityName, boolean simulated, Co2e own, Co2e inherited) {}

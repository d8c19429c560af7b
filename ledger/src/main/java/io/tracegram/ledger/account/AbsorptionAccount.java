package io.tracegram.ledger.account;

import io.tracegram.ledger.lot.Absorbed;
import io.tracegram.ledger.plant.Absorption;

/**
 * The account of a closed month's overhead: what its lots absorbed, and the variance that is
 * carried on; immutable.
 */
public record AbsorptionAccount(Revision revision, Absorption absorption, Absorbed absorbed) {}

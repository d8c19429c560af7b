package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.ClosedPeriod;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import java.util.Optional;

/**
 * What a facility holds to cover its electricity, and how far it was used. Immutable.
 *
 * @param portfolio empty if none was ever declared
 * @param newestMonth the latest closed month, whose market tells what was used so far
 */
public record HeldInstruments(
    Optional<InstrumentPortfolio> portfolio, Optional<ClosedPeriod> newestMonth) {}

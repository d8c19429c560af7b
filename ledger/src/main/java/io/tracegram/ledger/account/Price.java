package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.quantity.Co2e;
import java.util.Optional;

/**
 * What an amount of energy weighs on one basis; rounded once, afterwards only partitioned.
 *
 * @param co2e empty if its factor is missing: unknown, never zero
 * @param factor names the factor and its edition, or the series and its slot
 * @param estimated whether the factor's publisher says that it is an estimate
 */
public record Price(Basis basis, Optional<Co2e> co2e, String factor, boolean estimated) {}

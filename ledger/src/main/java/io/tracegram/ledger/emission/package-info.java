/**
 * Emissions: energy times a declared factor, rounded once (GHG Protocol Scope 2 Guidance).
 *
 * <p>Enters: a facility's energy of an interval. Leaves: a posting in µg CO2e, which is afterwards
 * only partitioned. Invariant: one HALF_EVEN rounding per posting; partitions add up exactly.
 */
@NullMarked
package io.tracegram.ledger.emission;

import org.jspecify.annotations.NullMarked;

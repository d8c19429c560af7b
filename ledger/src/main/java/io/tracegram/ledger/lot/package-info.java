/**
 * Lots: who gets which part of an interval's energy and CO2e, and what a lot hands on.
 *
 * <p>Enters: meter curves, orders at workstations, withdrawals. Leaves: interval accounts and what
 * each lot carries. Invariant: every partition adds up exactly.
 */
@NullMarked
package io.tracegram.ledger.lot;

import org.jspecify.annotations.NullMarked;

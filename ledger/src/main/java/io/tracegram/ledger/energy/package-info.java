/**
 * Energy: cumulative registers become interval energy.
 *
 * <p>Enters: register readings in any order, declared resets, estimates. Leaves: an integer curve
 * whose differences are energies, and for every stretch of time what its energy rests on.
 * Invariant: the energies of consecutive intervals add up exactly to the difference of the
 * register, whatever the cuts; power is never integrated; what is not known is bounded and never
 * made up.
 *
 * <p>{@link io.tracegram.ledger.energy.RegisterCurve} belongs to calculator edition 1 and never
 * changes; {@link io.tracegram.ledger.energy.MeterCurve} holds the rules after it.
 */
@NullMarked
package io.tracegram.ledger.energy;

import org.jspecify.annotations.NullMarked;

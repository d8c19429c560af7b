/**
 * Energy: cumulative registers become interval energy.
 *
 * <p>Enters: register readings. Leaves: an integer curve whose differences are energies. Invariant:
 * the energies of consecutive intervals add up exactly to the difference of the register, whatever
 * the cuts; power is never integrated.
 */
@NullMarked
package io.tracegram.ledger.energy;

import org.jspecify.annotations.NullMarked;

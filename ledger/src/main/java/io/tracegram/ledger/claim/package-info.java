/**
 * Material claims: what suppliers claim of their material, and how much of each lot it covers.
 *
 * <p>Enters: claims, passports, what moves on the floor. Leaves: for each lot and claim the mass
 * that it covers, and the custody model it is worth (ISO 22095). Invariant: what is claimed of a
 * work's outputs is never more than of its inputs, nor of a lot more than its mass.
 */
@NullMarked
package io.tracegram.ledger.claim;

import org.jspecify.annotations.NullMarked;

/**
 * Physical quantities as exact integers in base units: energy in mWh, mass in mg, CO2e in µg.
 *
 * <p>Invariant: no value passes through a binary floating-point number; overflow throws.
 */
@NullMarked
package io.tracegram.ledger.quantity;

import org.jspecify.annotations.NullMarked;

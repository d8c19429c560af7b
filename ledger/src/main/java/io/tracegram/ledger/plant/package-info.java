/**
 * The plant model as the accounts need it: meters, workstations, scanners, materials, factors.
 *
 * <p>Enters: the integrator's YAML, through {@code runtime.config}. Leaves: a {@code plant-model}
 * leaf. Invariant: an accepted model's references all resolve, and its encoding is unique.
 */
@NullMarked
package io.tracegram.ledger.plant;

import org.jspecify.annotations.NullMarked;

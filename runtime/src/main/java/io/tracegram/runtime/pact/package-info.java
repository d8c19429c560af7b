/**
 * Product footprints that suppliers declare (PACT Technical Specifications v3).
 *
 * <p>Enters: bytes of a supplier. Leaves: what the accounts need of them, or everything that is
 * wrong with them. Invariant: the same bytes give the same footprint, whoever reads them.
 */
@NullMarked
package io.tracegram.runtime.pact;

import org.jspecify.annotations.NullMarked;

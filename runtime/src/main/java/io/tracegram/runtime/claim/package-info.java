/**
 * Documents in which suppliers claim something of their material.
 *
 * <p>Enters: bytes of a supplier. Leaves: what the accounts need of them, or what is wrong with
 * them. Invariant: the same bytes say the same, whoever reads them.
 */
@NullMarked
package io.tracegram.runtime.claim;

import org.jspecify.annotations.NullMarked;

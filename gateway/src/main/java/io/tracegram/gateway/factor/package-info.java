/**
 * Brings the grid's carbon intensities into the log, from files and from addresses.
 *
 * <p>Enters: the {@code intensities} of gateway.yaml. Leaves: {@code factor-set} leaves with the
 * slots that are new or were replaced. Invariant: what prices an account stands in the log.
 */
@NullMarked
package io.tracegram.gateway.factor;

import org.jspecify.annotations.NullMarked;

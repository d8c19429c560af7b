/**
 * Brings what prices electricity into the log: the grid's carbon intensities, from files and from
 * addresses, and the instruments that the facility holds.
 *
 * <p>Enters: the {@code intensities} and {@code instruments} of gateway.yaml. Leaves: {@code
 * factor-set} leaves with the slots that are new or were replaced, and with the instruments if they
 * changed. Invariant: what prices an account stands in the log.
 */
@NullMarked
package io.tracegram.gateway.factor;

import org.jspecify.annotations.NullMarked;

/**
 * Looks at one device through the agent's drivers, for the person who connects it.
 *
 * <p>Enters: a device's address with its profile, and what its display shows. Leaves: registers as
 * they were sent and what they mean, and how a register must be described so that it gives the
 * number on the display. Invariant: nothing is ever written to a device, and its profile's least
 * gap between requests is kept.
 */
@NullMarked
package io.tracegram.deploy.probe;

import org.jspecify.annotations.NullMarked;

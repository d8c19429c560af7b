/**
 * The demonstration: two plants, their cloud and a witness as separate processes on one machine.
 *
 * <p>Enters: a directory, a port base, a duration. Leaves: running programs, then verified logs and
 * a summary. Invariant: what is started is stopped, in order, and nothing is called verified that
 * {@code verify} did not check.
 */
@NullMarked
package io.tracegram.deploy.demo;

import org.jspecify.annotations.NullMarked;

/**
 * Plant time of a simulation: a server says what time it is, and waits until all agents have read
 * their devices at that time.
 *
 * <p>Enters: ticks. Leaves: polls, and the time that statements carry. Invariant: plant time is
 * exactly the last tick's and constant between ticks.
 */
@NullMarked
package io.tracegram.edge.clock;

import org.jspecify.annotations.NullMarked;

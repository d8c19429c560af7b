/**
 * Writes the first configuration of a facility with one meter.
 *
 * <p>Enters: at most five answers. Leaves: {@code plant.yaml}, {@code agent.yaml} and {@code
 * gateway.yaml} that {@code check} accepts without a word, and the agent's key, so that both
 * programs start. Invariant: no file is ever overwritten.
 */
@NullMarked
package io.tracegram.deploy.setup;

import org.jspecify.annotations.NullMarked;

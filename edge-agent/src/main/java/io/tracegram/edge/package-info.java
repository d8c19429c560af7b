/**
 * The edge agent: reads devices, signs what they say, keeps it, publishes it.
 *
 * <p>Enters: an agent file. Leaves: statements at the gateway. The journey is {@code device} →
 * {@code sign} → {@code outbox} → {@code publish}.
 */
@NullMarked
package io.tracegram.edge;

import org.jspecify.annotations.NullMarked;

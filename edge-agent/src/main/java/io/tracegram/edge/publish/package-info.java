/**
 * Publish: brings what the outbox holds to the gateway by MQTT 5, QoS 1.
 *
 * <p>Enters: the outbox. Leaves: statements, in order, at most a window of them unanswered.
 * Invariant: a statement is sent again until the gateway says it is on disk (PUBACK), and kept
 * until a receipt covers it; a refused one is answered by a signed gap.
 */
@NullMarked
package io.tracegram.edge.publish;

import org.jspecify.annotations.NullMarked;

/**
 * Read: portals, over the Low Level Reader Protocol 1.0.1 and 1.1 (EPCglobal).
 *
 * <p>Enters: bytes of a reader that may be broken, slow or hostile. Leaves: tags as they were read,
 * one for each visit to the field. Invariant: a tag is told only if a whole report of it arrived on
 * a connection that we configured; memory is bounded by one frame and by the tags remembered.
 */
@NullMarked
package io.tracegram.edge.device.llrp;

import org.jspecify.annotations.NullMarked;

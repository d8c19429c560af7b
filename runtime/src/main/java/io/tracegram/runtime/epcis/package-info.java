/**
 * EPCIS 2.0 events, ours and those of others: judged, captured, projected, found.
 *
 * <p>Enters: leaves of logs as far as they count, JSON-LD documents to be captured, queries.
 * Leaves: {@code epcis-capture} leaves, query documents in which each event names the leaf it
 * stands on, or refusals that a person can act on. Invariant: what was captured comes back equal,
 * nothing that the standard forbids is kept, and the projection equals one that is built anew from
 * the logs.
 */
@NullMarked
package io.tracegram.runtime.epcis;

import org.jspecify.annotations.NullMarked;

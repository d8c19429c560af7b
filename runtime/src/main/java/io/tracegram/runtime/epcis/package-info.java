/**
 * EPCIS 2.0 events of others: judged, named by their hash, kept for queries.
 *
 * <p>Enters: JSON-LD documents as captured. Leaves: events in one normal form, or faults that a
 * person can act on. Invariant: what was captured comes back equal, and nothing that the standard
 * forbids is kept.
 */
@NullMarked
package io.tracegram.runtime.epcis;

import org.jspecify.annotations.NullMarked;

/**
 * Custody: scans and weights become EPCIS 2.0 events by the plant model's bindings.
 *
 * <p>Enters: scan, weight and tag statements. Leaves: custody events, lots in and out of
 * workstations and units, refusals. Invariant: an event is never edited; a lot is never consumed
 * beyond its mass, and is in one unit at most.
 */
@NullMarked
package io.tracegram.ledger.custody;

import org.jspecify.annotations.NullMarked;

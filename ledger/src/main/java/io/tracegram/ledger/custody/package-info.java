/**
 * Custody: scans and weights become EPCIS 2.0 events by the plant model's bindings.
 *
 * <p>Enters: scan and weight statements. Leaves: custody events, lots in and out of workstations,
 * refusals. Invariant: an event is never edited; a lot is never consumed beyond its mass.
 */
@NullMarked
package io.tracegram.ledger.custody;

import org.jspecify.annotations.NullMarked;

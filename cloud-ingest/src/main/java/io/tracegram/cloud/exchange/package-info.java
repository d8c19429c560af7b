/**
 * What the central service exchanges with other companies' systems (GS1 EPCIS Standard 2.0).
 *
 * <p>Enters: audited leaves of facilities' logs, documents that others capture. Leaves: events
 * under {@code /epcis}, captured documents as leaves of the service's own log. Invariant: an event
 * is shown only while the audit holds the leaf it stands on to be right.
 */
@NullMarked
package io.tracegram.cloud.exchange;

import org.jspecify.annotations.NullMarked;

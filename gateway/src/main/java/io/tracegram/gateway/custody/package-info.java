/**
 * Custody events as others read them: EPCIS 2.0 in JSON-LD (GS1 EPCIS Standard 2.0, CBV 2.0).
 *
 * <p>Enters: custody events of the ledger. Leaves: query documents under {@code /epcis}. Invariant:
 * an event has the same id and content whenever it is rendered; what the ledger does not know is
 * left out, not invented.
 */
@NullMarked
package io.tracegram.gateway.custody;

import org.jspecify.annotations.NullMarked;

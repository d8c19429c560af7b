/**
 * GS1 identification keys in their URI forms (EPC Tag Data Standard 2.0, GS1 Digital Link 1.2).
 *
 * <p>Enters: EPC URNs, Digital Links of any domain, private identifiers. Leaves: one canonical
 * Digital Link for each GS1 key, and the way back to its URN. Invariant: both forms of a key give
 * the same link; an identifier that is not GS1's stays as it is.
 */
@NullMarked
package io.tracegram.runtime.epcis.identifier;

import org.jspecify.annotations.NullMarked;

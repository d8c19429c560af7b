/** Evidence: what was said, by whom, in which order, and how anyone can check it. */
@NullMarked
package io.tracegram.ledger.evidence;

import org.jspecify.annotations.NullMarked;

/**
 * The accounts: a pure fold over the leaves of one facility's log.
 *
 * <p>Enters: leaves in log order. Leaves: interval accounts, lot accounts, custody events,
 * exceptions. Invariant: direct + idle + overhead + unattributed = total, exactly, in every
 * interval; the same leaves give the same bytes.
 */
@NullMarked
package io.tracegram.ledger.account;

import org.jspecify.annotations.NullMarked;

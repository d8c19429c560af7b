/**
 * The accounts: a pure fold over the leaves of one facility's log.
 *
 * <p>Enters: leaves in log order. Leaves: interval accounts, lot accounts, custody events,
 * exceptions. Invariant: direct + idle + overhead + unattributed = total, exactly, in every
 * interval and on every basis; the same leaves give the same bytes.
 *
 * <p>{@code FacilityLedger} deals the leaves out: to {@code CustodyBook} what happened to lots, to
 * {@code Intervals} what closes time. That follows the edition of the rules in force, {@code
 * RulesOne} or {@code RulesTwo}: {@code Registers} hold the curves, {@code Pricing} rounds once,
 * {@code Spread} partitions, {@code Restatements} remember what is to be accounted again.
 */
@NullMarked
package io.tracegram.ledger.account;

import org.jspecify.annotations.NullMarked;

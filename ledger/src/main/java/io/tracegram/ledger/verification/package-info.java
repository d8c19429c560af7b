/**
 * Verification: a log's leaves are believed only after every check an outsider can make.
 *
 * <p>Enters: leaf bytes in log order, with the key one has pinned. Leaves: findings, and the
 * accounts recomputed from nothing but these bytes. Invariant: nothing unverified is ever counted.
 */
@NullMarked
package io.tracegram.ledger.verification;

import org.jspecify.annotations.NullMarked;

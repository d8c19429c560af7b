/**
 * The audited accounts at rest: a PostgreSQL, embedded by default.
 *
 * <p>Enters: batches of audited results. Leaves: rows for footprints and declarations. Invariant: a
 * batch and the audited size it leads to are one transaction, and storing it again changes nothing.
 */
@NullMarked
package io.tracegram.cloud.inventory;

import org.jspecify.annotations.NullMarked;

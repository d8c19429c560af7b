/**
 * The audit: every mirrored leaf passes each check an outsider can make, and the accounts are
 * computed again and compared.
 *
 * <p>Enters: mirrored leaves in order. Leaves: a verdict per log, audited results at rest.
 * Invariant: nothing from the first finding on counts; the same leaves give the same verdict after
 * any restart.
 */
@NullMarked
package io.tracegram.cloud.audit;

import org.jspecify.annotations.NullMarked;

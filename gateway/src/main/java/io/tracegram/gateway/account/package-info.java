/**
 * Account: committed leaves go through the facility's ledger, and what the ledger finds goes back
 * into the log under the gateway's signature.
 *
 * <p>Enters: leaves in log order, questions of readers. Leaves: gateway statements, answers.
 * Invariant: the ledger has applied exactly the leaves before its size; each result is logged once.
 */
@NullMarked
package io.tracegram.gateway.account;

import org.jspecify.annotations.NullMarked;

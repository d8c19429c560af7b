/**
 * The gateway: admits what agents say, logs it, accounts for it, shows and replicates it.
 *
 * <p>Enters: statements over MQTT. Leaves: a log with its checkpoints, accounts, pages. Invariant:
 * acknowledged means on disk; the accounts follow from the log alone.
 */
@NullMarked
package io.tracegram.gateway;

import org.jspecify.annotations.NullMarked;

/**
 * Replication: the log goes to the cloud's mirror and to witnesses, passports come back.
 *
 * <p>Enters: published checkpoints. Leaves: verified cosignatures (C2SP tlog-mirror, tlog-witness),
 * lot passports. Invariant: nothing received is handed on before it was verified against a
 * configured key; a proof that our own log was rolled back or forked stops the signing.
 */
@NullMarked
package io.tracegram.gateway.replicate;

import org.jspecify.annotations.NullMarked;

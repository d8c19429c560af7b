/**
 * The central service: mirrors and audits every facility's log, carries footprints, declares.
 *
 * <p>Enters: logs, replicated by their gateways. Leaves: cosignatures, passports, declarations.
 * Invariant: no figure is shown whose statement and proof were not verified here.
 */
@NullMarked
package io.tracegram.cloud;

import org.jspecify.annotations.NullMarked;

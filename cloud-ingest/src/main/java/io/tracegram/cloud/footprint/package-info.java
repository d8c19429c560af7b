/**
 * Footprints that travel: a lot's audited account with its proof, for whoever receives the lot.
 *
 * <p>Enters: audited lot accounts, mirrored leaves. Leaves: passports (C2SP tlog-proof). Invariant:
 * a passport's leaf is audited, and its proof leads to the newest checkpoint the mirror vouches
 * for.
 */
@NullMarked
package io.tracegram.cloud.footprint;

import org.jspecify.annotations.NullMarked;

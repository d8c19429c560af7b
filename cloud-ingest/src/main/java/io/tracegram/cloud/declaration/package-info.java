/**
 * Declarations: what the pages and the API show of the audited accounts.
 *
 * <p>Enters: audited lot accounts of all facilities. Leaves: read models, JSON. Invariant: own +
 * inherited = total, exactly; each component names the leaf that proves it.
 */
@NullMarked
package io.tracegram.cloud.declaration;

import org.jspecify.annotations.NullMarked;

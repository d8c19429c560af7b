/**
 * History: past readings from files become leaves of the log.
 *
 * <p>Enters: a file that was judged whole, from a disk or over HTTP. Leaves: {@code imported}
 * leaves in the order of time. Invariant: each row of a file is in the log once, however often its
 * import is begun.
 */
@NullMarked
package io.tracegram.gateway.history;

import org.jspecify.annotations.NullMarked;

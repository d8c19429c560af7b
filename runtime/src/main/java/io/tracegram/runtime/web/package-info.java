/**
 * The web shell that the gateway and the cloud share: one way to answer browsers and scripts.
 *
 * <p>Enters: HTTP requests from anyone who reaches the socket. Leaves: pages, JSON and assets under
 * a strict content security policy, or problem details (RFC 9457). Invariant: a request that names
 * an unknown host is answered by nothing behind the shell; nothing is loaded from another host; a
 * template's values are escaped by their place.
 */
@NullMarked
package io.tracegram.runtime.web;

import org.jspecify.annotations.NullMarked;

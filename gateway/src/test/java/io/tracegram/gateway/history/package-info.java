/** What history over HTTP promises. */
@NullMarked
package io.tracegram.gateway.history;

import org.jspecify.annotations.NullMarked;

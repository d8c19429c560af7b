/** When to try again: shared by every connection that the agent keeps. */
@NullMarked
package io.tracegram.edge.retry;

import org.jspecify.annotations.NullMarked;

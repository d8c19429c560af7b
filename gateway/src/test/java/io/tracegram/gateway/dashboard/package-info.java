/** Tests over real HTTP against a hand-written plant. */
@NullMarked
package io.tracegram.gateway.dashboard;

import org.jspecify.annotations.NullMarked;

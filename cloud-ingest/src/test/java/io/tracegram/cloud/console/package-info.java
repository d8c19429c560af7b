/** Tests of the pages over real HTTP against a hand-written read model. */
@NullMarked
package io.tracegram.cloud.console;

import org.jspecify.annotations.NullMarked;

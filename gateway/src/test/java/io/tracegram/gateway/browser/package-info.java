/** Tests of the pages in a real browser. */
@NullMarked
package io.tracegram.gateway.browser;

import org.jspecify.annotations.NullMarked;

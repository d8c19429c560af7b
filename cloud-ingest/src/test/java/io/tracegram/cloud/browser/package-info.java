/** Tests of the pages in a real browser. */
@NullMarked
package io.tracegram.cloud.browser;

import org.jspecify.annotations.NullMarked;

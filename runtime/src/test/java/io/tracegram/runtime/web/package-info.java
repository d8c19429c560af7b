/** Tests of the web shell over real sockets. */
@NullMarked
package io.tracegram.runtime.web;

import org.jspecify.annotations.NullMarked;

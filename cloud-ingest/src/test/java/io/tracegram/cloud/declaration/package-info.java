/** Tests of what is declared, on a real database. */
@NullMarked
package io.tracegram.cloud.declaration;

import org.jspecify.annotations.NullMarked;

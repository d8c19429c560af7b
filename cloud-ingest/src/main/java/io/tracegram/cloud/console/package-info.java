/**
 * The central service's pages: the console at {@code /} and the declaration behind a product's QR
 * code at {@code /01/{gtin}/21/{serial}} (GS1 Digital Link).
 *
 * <p>Enters: the read model of declarations. Leaves: HTML, JSON-LD. Invariant: the parts shown add
 * up to the total shown, rounded and exact; what a figure rests on stands beside it.
 */
@NullMarked
package io.tracegram.cloud.console;

import org.jspecify.annotations.NullMarked;

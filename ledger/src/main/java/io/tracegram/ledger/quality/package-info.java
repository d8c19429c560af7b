/**
 * Data quality: how far a figure can be trusted, in four numbers that are never merged.
 *
 * <p>Enters: postings with their meters, factors and origins. Leaves: U95, estimated share, primary
 * data share and data quality rating. Invariant: exact decimals, rounded half-even once to three
 * places; nothing known is an empty value, never zero.
 */
@NullMarked
package io.tracegram.ledger.quality;

import org.jspecify.annotations.NullMarked;

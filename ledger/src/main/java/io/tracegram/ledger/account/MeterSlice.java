package io.tracegram.ledger.account;

import io.tracegram.ledger.energy.Slice;

/**
 * What one register counted in an interval, and the leaves of the readings it rests on.
 *
 * @param export whether it is the meter's export register
 * @param firstLeaf of the readings taken in the interval, −1 if there are none
 * @param lastLeaf of them
 */
public record MeterSlice(
    String meter, boolean export, Slice slice, long firstLeaf, long lastLeaf) {}

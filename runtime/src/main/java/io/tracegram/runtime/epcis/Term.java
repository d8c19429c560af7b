package io.tracegram.runtime.epcis;

/**
 * One thing that can be asked of events: a field with a value, or a numeric field in one dimension.
 *
 * @param value in normal form; for a numeric field its dimension, empty if it has none
 */
record Term(Field field, String value) {}

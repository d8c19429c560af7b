package io.tracegram.runtime.epcis;

/**
 * The leaf that an event stands on.
 *
 * @param log number of the leaf's log in the projection
 * @param recordedMillis when the leaf was received
 */
record Evidence(long log, long leaf, long recordedMillis) {}

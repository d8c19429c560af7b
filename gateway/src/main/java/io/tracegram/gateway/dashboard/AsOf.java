package io.tracegram.gateway.dashboard;

/**
 * An answer of the accounts and the log size it stands on. Immutable.
 *
 * @param size leaves in the accounts when the answer was given
 */
public record AsOf<T>(long size, T value) {}

package io.tracegram.gateway.timestamp;

import io.tracegram.runtime.timestamp.TimestampVerdict;

/**
 * A verified token on disk. Immutable.
 *
 * @param size leaves under the stamped checkpoint
 */
public record Stamp(long size, TimestampVerdict.Proven proven) {}

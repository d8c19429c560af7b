package io.tracegram.gateway.replicate;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the log has come; immutable.
 *
 * @param mirroredSize leaves that the mirror vouches for, 0 without a mirror
 * @param witnessedSize leaves that every configured witness vouches for, 0 without witnesses
 * @param lastError what goes wrong now and what to do, empty while all goes well
 * @param since when that began
 * @param stopped true after a fork or rollback: nothing is replicated any more
 */
public record ReplicationStatus(
    long mirroredSize,
    long witnessedSize,
    Optional<String> lastError,
    Optional<Instant> since,
    boolean stopped) {}

package io.tracegram.gateway.replicate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far the log has come; immutable.
 *
 * @param mirroredSize leaves that the mirror vouches for, 0 without a mirror
 * @param witnessedSize leaves that every configured witness vouches for, 0 without witnesses
 * @param lastError why a mirror or witness cannot be reached, empty while all can be
 * @param since when that began
 * @param doubts who claims what cannot be verified now
 * @param refused cosignatures and claims refused since the start
 * @param stopped true after a proven fork or rollback: nothing is replicated any more
 */
public record ReplicationStatus(
    long mirroredSize,
    long witnessedSize,
    Optional<String> lastError,
    Optional<Instant> since,
    List<Doubt> doubts,
    long refused,
    boolean stopped) {

  /**
   * A mirror or witness that is not believed.
   *
   * @param cosigner name of its key
   * @param reason what it said, and what could not be verified
   * @param count how often since
   */
  public record Doubt(String cosigner, String reason, Instant since, long count) {}

  public ReplicationStatus {
    doubts = List.copyOf(doubts);
  }
}

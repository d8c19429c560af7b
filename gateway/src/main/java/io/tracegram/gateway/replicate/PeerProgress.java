package io.tracegram.gateway.replicate;

import io.tracegram.ledger.evidence.log.SignedNote;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one peer has done so far; guarded by the replicator. */
final class PeerProgress {
  /** The leaves it vouches for. */
  long size;

  /** What it was last offered with success. */
  @Nullable SignedNote delivered;

  /** What goes wrong, and since when; both empty while all goes well. */
  Optional<String> error = Optional.empty();

  Optional<Instant> since = Optional.empty();

  /** True if what goes wrong is that it claims what it does not prove. */
  boolean doubted;

  /** How often that happened since it last did well. */
  long doubts;

  void failed(String reason, Instant now) {
    begin(reason, now);
    doubted = false;
  }

  void doubted(String reason, Instant now) {
    begin(reason, now);
    doubted = true;
    doubts++;
  }

  void recovered() {
    error = Optional.empty();
    since = Optional.empty();
    doubted = false;
    doubts = 0;
  }

  private void begin(String reason, Instant now) {
    if (error.isEmpty()) {
      since = Optional.of(now);
    }
    error = Optional.of(reason);
  }
}

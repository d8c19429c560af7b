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

  void failed(String reason, Instant now) {
    if (error.isEmpty()) {
      since = Optional.of(now);
    }
    error = Optional.of(reason);
  }

  void recovered() {
    error = Optional.empty();
    since = Optional.empty();
  }
}

package io.tracegram.runtime.cosign;

import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.SignedNote;

/** What becomes of an offered checkpoint; each has its status code of tlog-witness. */
public sealed interface Decision {
  /** Returns the HTTP status code. */
  int status();

  /**
   * The checkpoint is the log's newest, and on disk.
   *
   * @param note with the log's signature, and the guard's own cosignature if it has a cosigner
   */
  record Accepted(Checkpoint checkpoint, SignedNote note) implements Decision {
    @Override
    public int status() {
      return 200;
    }
  }

  /** The body has not the required form, or its old size is above the new one. */
  record Malformed(String reason) implements Decision {
    @Override
    public int status() {
      return 400;
    }
  }

  /** The log's key has not signed it, or there is a wrong signature in its name. */
  record NotSigned(String reason) implements Decision {
    @Override
    public int status() {
      return 403;
    }
  }

  /** No log of that origin is configured. */
  record UnknownLog(String reason) implements Decision {
    @Override
    public int status() {
      return 404;
    }
  }

  /** The client believes in another old size than the one known here. */
  record Conflict(long knownSize) implements Decision {
    @Override
    public int status() {
      return 409;
    }
  }

  /** Signed by the log, but not shown to continue what is known: a fork, or a wrong proof. */
  record Inconsistent(String reason) implements Decision {
    @Override
    public int status() {
      return 422;
    }
  }
}

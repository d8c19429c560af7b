package io.tracegram.runtime.cosign;

import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.replication.TreeSize;
import java.util.Optional;

/** What becomes of an offered checkpoint, with the HTTP answer that tlog-witness asks for. */
public sealed interface Decision {
  /** Returns the HTTP status code. */
  int status();

  /** Returns the answer's body. */
  String body();

  default String contentType() {
    return "text/plain; charset=utf-8";
  }

  /**
   * The checkpoint is the log's newest, and on disk.
   *
   * @param note with the log's signature and those cosignatures that are kept
   * @param body the guard's own cosignature lines, empty if it has no cosigner
   */
  record Accepted(Checkpoint checkpoint, SignedNote note, String body) implements Decision {
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

    @Override
    public String body() {
      return reason + "\n";
    }
  }

  /** The log's key has not signed it, or there is a wrong signature in its name. */
  record NotSigned(String reason) implements Decision {
    @Override
    public int status() {
      return 403;
    }

    @Override
    public String body() {
      return reason + "\n";
    }
  }

  /** No log of that origin is configured. */
  record UnknownLog(String reason) implements Decision {
    @Override
    public int status() {
      return 404;
    }

    @Override
    public String body() {
      return reason + "\n";
    }
  }

  /** The client believes in another old size than the one known here. */
  record Conflict(long knownSize) implements Decision {
    @Override
    public int status() {
      return 409;
    }

    @Override
    public String body() {
      return TreeSize.format(knownSize);
    }

    @Override
    public String contentType() {
      return TreeSize.CONTENT_TYPE;
    }
  }

  /**
   * Signed by the log, but not shown to continue what is known: a fork, or a wrong proof. The
   * answer encloses what is known, so that nobody has to take our word for it.
   *
   * @param known the checkpoint it contradicts; empty if none is known
   */
  record Inconsistent(String reason, Optional<SignedNote> known) implements Decision {
    @Override
    public int status() {
      return 422;
    }

    @Override
    public String body() {
      return reason + "\n" + known.map(note -> "\n" + note.format()).orElse("");
    }
  }
}

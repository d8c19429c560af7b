package io.tracegram.edge.outbox;

/** The outbox's disk or file failed; says which file and what to do. */
public final class OutboxException extends RuntimeException {
  OutboxException(String message, Throwable cause) {
    super(message, cause);
  }
}

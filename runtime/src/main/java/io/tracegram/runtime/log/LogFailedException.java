package io.tracegram.runtime.log;

/**
 * The disk failed under an open log. The log acknowledges nothing any more: stop the program, look
 * at the disk, and start it again, which recovers what is on it.
 */
public final class LogFailedException extends RuntimeException {
  public LogFailedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}

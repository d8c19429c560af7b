package io.tracegram.runtime.log;

/**
 * A log on disk that is not what was once promised; it says what is wrong, where, and what to do.
 */
public final class LogDamagedException extends RuntimeException {
  public LogDamagedException(String reason) {
    super(reason);
  }
}

package io.tracegram.gateway.problem;

/** How urgent a problem is. */
public enum Severity {
  /** Worth knowing. */
  NOTICE,
  /** Someone may act. */
  WARNING,
  /** Someone must act: evidence may be false or lost. */
  ALARM
}

package io.tracegram.deploy.bench;

import java.util.Locale;

/**
 * What ingesting cost; immutable.
 *
 * @param statements admitted in the window that was measured
 * @param cpuNanosPerStatement of the whole gateway process, all threads
 * @param verifyNanos CPU time of one bare signature verification in the same run
 */
public record IngestResult(
    int readingsPerStatement,
    long statements,
    double seconds,
    double p50Millis,
    double p99Millis,
    long residentBytes,
    double cpuNanosPerStatement,
    double verifyNanos) {
  public double statementsPerSecond() {
    return statements / seconds;
  }

  /** Returns the gateway's CPU time per statement over that of one bare verification. */
  public double ratio() {
    return cpuNanosPerStatement / verifyNanos;
  }

  /** Returns the result in words, several lines. */
  public String text() {
    return """
        %d reading%s per statement, %d statements measured in %.1f s
          %,.0f statements/s   %,.0f readings/s
          acknowledgement p50 %.1f ms, p99 %.1f ms (closed loop: the window is always full)
          gateway: %.0f MB resident, %.1f µs CPU per admitted statement
          bare verification: %.1f µs CPU (%,.0f/s per core)
          ratio %.2f
        """
        .formatted(
            readingsPerStatement,
            readingsPerStatement == 1 ? "" : "s",
            statements,
            seconds,
            statementsPerSecond(),
            statementsPerSecond() * readingsPerStatement,
            p50Millis,
            p99Millis,
            residentBytes / 1e6,
            cpuNanosPerStatement / 1e3,
            verifyNanos / 1e3,
            1e9 / verifyNanos,
            ratio());
  }

  /** Returns the result as one JSON object. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"readingsPerStatement\":%d,\"statements\":%d,\"statementsPerSecond\":%.0f,"
            + "\"readingsPerSecond\":%.0f,\"ackMillisP50\":%.2f,\"ackMillisP99\":%.2f,"
            + "\"residentBytes\":%d,\"cpuMicrosPerStatement\":%.2f,\"verifyMicros\":%.2f,"
            + "\"ratio\":%.3f}",
        readingsPerStatement,
        statements,
        statementsPerSecond(),
        statementsPerSecond() * readingsPerStatement,
        p50Millis,
        p99Millis,
        residentBytes,
        cpuNanosPerStatement / 1e3,
        verifyNanos / 1e3,
        ratio());
  }
}

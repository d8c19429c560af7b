package io.tracegram.deploy.bench;

import java.util.Locale;

/**
 * What a replay cost.
 *
 * @param readingsPerSecond parsed and accounted by one thread, by the clock on the wall
 * @param firstMonthNanos CPU time of that thread per reading, in the first 30 days
 * @param lastMonthNanos per reading, in the last whole 30 days
 * @param snapshotDays of history in the snapshot
 * @param lateMillis from a reading of 30 days ago until its restated accounts are there
 * @param load of the machine at the end, runnable threads in the last minute
 */
public record ReplayResult(
    int meters,
    int days,
    long readings,
    double readingsPerSecond,
    double firstMonthNanos,
    double lastMonthNanos,
    int snapshotDays,
    long snapshotBytes,
    double snapshotSeconds,
    double restoreSeconds,
    double lateMillis,
    double load) {
  /** Returns the result in words, several lines. */
  public String text() {
    return """
        replay of %d days of %d meters, %,d readings: parse and fold, one thread, no signatures
          %,12.0f readings/s
          first month  %8.0f ns CPU a reading
          last month   %8.0f ns CPU a reading, ratio %.2f
          snapshot after %d days  %.1f MB, written in %.2f s, restored in %.2f s
          a reading of 30 days ago is restated in %.1f ms
          load average %.1f
        """
        .formatted(
            days,
            meters,
            readings,
            readingsPerSecond,
            firstMonthNanos,
            lastMonthNanos,
            lastMonthNanos / firstMonthNanos,
            snapshotDays,
            snapshotBytes / 1e6,
            snapshotSeconds,
            restoreSeconds,
            lateMillis,
            load);
  }

  /** Returns the result as one JSON object. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"meters\":%d,\"days\":%d,\"readings\":%d,\"readingsPerSecond\":%.0f,"
            + "\"firstMonthNanos\":%.1f,\"lastMonthNanos\":%.1f,\"snapshotDays\":%d,"
            + "\"snapshotBytes\":%d,\"snapshotSeconds\":%.3f,\"restoreSeconds\":%.3f,"
            + "\"lateMillis\":%.2f,\"load\":%.2f}",
        meters,
        days,
        readings,
        readingsPerSecond,
        firstMonthNanos,
        lastMonthNanos,
        snapshotDays,
        snapshotBytes,
        snapshotSeconds,
        restoreSeconds,
        lateMillis,
        load);
  }
}

package io.tracegram.deploy.bench;

import java.util.Locale;

/**
 * What capturing and finding events cost; immutable.
 *
 * @param seconds until the last job had ended
 * @param p50Millis of a query by {@code MATCH_anyEPC} over all events
 * @param residentBytes of the gateway's process after capturing
 * @param projectionBytes of the file that queries read
 */
public record EpcisResult(
    int events,
    double seconds,
    double p50Millis,
    double p95Millis,
    double mostMillis,
    long residentBytes,
    long projectionBytes) {
  public double eventsPerSecond() {
    return events / seconds;
  }

  /** Returns the result in words, several lines. */
  public String text() {
    return """
        %,d events captured in %.1f s, durable and found by queries: %,.0f events/s
          MATCH_anyEPC over all of them: p50 %.1f ms, p95 %.1f ms, most %.1f ms
          gateway: %.0f MB resident, projection %.0f MB
        """
        .formatted(
            events,
            seconds,
            eventsPerSecond(),
            p50Millis,
            p95Millis,
            mostMillis,
            residentBytes / 1e6,
            projectionBytes / 1e6);
  }

  /** Returns the result as one JSON object. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"events\":%d,\"eventsPerSecond\":%.0f,\"queryMillisP50\":%.2f,\"queryMillisP95\":%.2f,"
            + "\"queryMillisMost\":%.2f,\"residentBytes\":%d,\"projectionBytes\":%d}",
        events,
        eventsPerSecond(),
        p50Millis,
        p95Millis,
        mostMillis,
        residentBytes,
        projectionBytes);
  }
}

package io.tracegram.deploy.bench;

import java.util.List;
import java.util.Locale;

/**
 * What lots cost, as their number grows.
 *
 * @param eventsPerSecond received, put in and made; parsed, accounted and their results compared by
 *     one thread, by the clock on the wall
 * @param snapshotBytes of the accounts at the end
 * @param load of the machine at the end, runnable threads in the last minute
 */
public record LotsResult(
    long lots,
    double eventsPerSecond,
    List<Point> curve,
    long snapshotBytes,
    double snapshotSeconds,
    double restoreSeconds,
    double load) {
  /**
   * A point of the curve.
   *
   * @param lots there were at its end
   * @param nanosPerEvent CPU time of the thread since the point before
   */
  public record Point(long lots, double nanosPerEvent) {}

  public LotsResult {
    curve = List.copyOf(curve);
  }

  /** Returns the result in words, several lines. */
  public String text() {
    StringBuilder points = new StringBuilder();
    for (Point point : curve) {
      points.append(
          "  %,12d lots  %8.0f ns CPU an event, ratio %.2f%n"
              .formatted(
                  point.lots,
                  point.nanosPerEvent,
                  point.nanosPerEvent / curve.getFirst().nanosPerEvent));
    }
    return """
        %,d lots, half received and half made of them: parse and fold, one thread, no signatures
          %,12.0f lot events/s
        %s  snapshot at the end  %.1f MB, written in %.2f s, restored in %.2f s
          load average %.1f
        """
        .formatted(
            lots,
            eventsPerSecond,
            points,
            snapshotBytes / 1e6,
            snapshotSeconds,
            restoreSeconds,
            load);
  }

  /** Returns the result as one JSON object. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"lots\":%d,\"eventsPerSecond\":%.0f,\"curve\":%s,\"snapshotBytes\":%d,"
            + "\"snapshotSeconds\":%.3f,\"restoreSeconds\":%.3f,\"load\":%.2f}",
        lots,
        eventsPerSecond,
        curve.stream()
            .map(
                point ->
                    String.format(
                        Locale.ROOT,
                        "{\"lots\":%d,\"nanosPerEvent\":%.1f}",
                        point.lots,
                        point.nanosPerEvent))
            .toList(),
        snapshotBytes,
        snapshotSeconds,
        restoreSeconds,
        load);
  }
}

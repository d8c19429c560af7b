package io.tracegram.deploy.bench;

import java.util.List;
import java.util.Locale;

/**
 * What lots cost, as their number grows.
 *
 * @param eventsPerSecond received, put in and made; parsed, accounted and their results compared by
 *     one thread, by the clock on the wall
 * @param draws withdrawals from silos
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
    List<Draw> draws,
    double load) {
  /**
   * A point of the curve.
   *
   * @param lots there were at its end
   * @param nanosPerEvent CPU time of the thread since the point before
   */
  public record Point(long lots, double nanosPerEvent) {}

  /**
   * A silo.
   *
   * @param feeders lots that were poured into it
   * @param nanosPerDraw CPU time of the thread for a withdrawal and its account
   */
  public record Draw(int feeders, double nanosPerDraw) {}

  public LotsResult {
    curve = List.copyOf(curve);
    draws = List.copyOf(draws);
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
    StringBuilder silos = new StringBuilder();
    for (Draw draw : draws) {
      silos.append(
          "  %,12d lots fed the silo  %8.0f ns CPU a withdrawal, ratio %.2f%n"
              .formatted(
                  draw.feeders,
                  draw.nanosPerDraw,
                  draw.nanosPerDraw / draws.getFirst().nanosPerDraw));
    }
    return """
        %,d lots, half received and half made of them: parse and fold, one thread, no signatures
          %,12.0f lot events/s
        %s  snapshot at the end  %.1f MB, written in %.2f s, restored in %.2f s
        %s  load average %.1f
        """
        .formatted(
            lots,
            eventsPerSecond,
            points,
            snapshotBytes / 1e6,
            snapshotSeconds,
            restoreSeconds,
            silos,
            load);
  }

  /** Returns the result as one JSON object. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"lots\":%d,\"eventsPerSecond\":%.0f,\"curve\":%s,\"snapshotBytes\":%d,"
            + "\"snapshotSeconds\":%.3f,\"restoreSeconds\":%.3f,\"draws\":%s,\"load\":%.2f}",
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
        draws.stream()
            .map(
                draw ->
                    String.format(
                        Locale.ROOT,
                        "{\"feeders\":%d,\"nanosPerDraw\":%.1f}",
                        draw.feeders,
                        draw.nanosPerDraw))
            .toList(),
        load);
  }
}

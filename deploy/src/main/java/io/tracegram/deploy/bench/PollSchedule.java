package io.tracegram.deploy.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * How well meters were polled in time: each poll's distance from the even grid that fits its meter
 * best. Immutable.
 *
 * @param polls how many were looked at
 * @param p50Millis half of them were nearer to their grid
 * @param p99Millis 99 of 100 were nearer
 * @param worstMillis the farthest
 */
public record PollSchedule(int polls, double p50Millis, double p99Millis, double worstMillis) {
  /**
   * Judges polls.
   *
   * @param arrivals of each meter in order, ns
   * @param intervalNanos between two polls of a meter as it should be
   */
  static PollSchedule of(Collection<List<Long>> arrivals, long intervalNanos) {
    List<Double> distances = new ArrayList<>();
    for (List<Long> meter : arrivals) {
      if (meter.isEmpty()) {
        continue;
      }
      long[] offsets = offsets(meter, intervalNanos);
      long[] sorted = offsets.clone();
      Arrays.sort(sorted);
      long grid = sorted[sorted.length / 2];
      for (long offset : offsets) {
        distances.add(Math.abs(offset - grid) / 1e6);
      }
    }
    double[] sorted = distances.stream().mapToDouble(each -> each).sorted().toArray();
    return sorted.length == 0
        ? new PollSchedule(0, 0, 0, 0)
        : new PollSchedule(
            sorted.length,
            sorted[sorted.length / 2],
            sorted[Math.min(sorted.length - 1, (int) (sorted.length * 0.99))],
            sorted[sorted.length - 1]);
  }

  /**
   * Returns how late each poll is to the first one's grid; a poll that was left out is no delay.
   */
  private static long[] offsets(List<Long> arrivals, long interval) {
    long first = arrivals.getFirst();
    return arrivals.stream()
        .mapToLong(at -> at - first - Math.round((double) (at - first) / interval) * interval)
        .toArray();
  }
}

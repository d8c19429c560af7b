package io.tracegram.edge.publish;

import java.time.Duration;

/**
 * How patient the publisher is.
 *
 * @param window most statements without an answer, ≥ 1
 * @param silence how long a connection may leave statements unanswered before it is given up
 * @param receipt how long after a connect an acknowledged statement waits for its receipt before it
 *     is sent again
 * @param firstRetry first waiting time before another connect or another try of a refused publish
 * @param longestRetry cap of it
 */
public record PublishTiming(
    int window, Duration silence, Duration receipt, Duration firstRetry, Duration longestRetry) {
  public static final PublishTiming DEFAULT =
      new PublishTiming(
          32,
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofMillis(200),
          Duration.ofSeconds(30));
}

package io.tracegram.deploy.bench;

import java.util.Locale;

/**
 * What an agent cost, and how well it kept its schedule.
 *
 * @param points read in each interval, over Modbus TCP and the two buses
 * @param seconds measured
 * @param readings that the gateway admitted meanwhile
 * @param residentBytes most memory resident that was seen
 * @param cpuNanos of all the agent's threads meanwhile
 * @param tcp polls over Modbus TCP
 * @param whole polls on a bus whose meters all live
 * @param broken polls of the others on a bus with one dead meter
 */
public record EdgeResult(
    int points,
    double intervalSeconds,
    double seconds,
    long readings,
    long residentBytes,
    long cpuNanos,
    PollSchedule tcp,
    PollSchedule whole,
    PollSchedule broken) {
  private static final double MOST_MEGABYTES = 128;
  private static final double MOST_CPU_PERCENT = 10;
  private static final double MOST_JITTER_MILLIS = 100;
  private static final double MOST_CHANGE_PERCENT = 5;

  /** Returns the share of one core, percent. */
  public double cpuPercent() {
    return cpuNanos / seconds / 1e7;
  }

  public double residentMegabytes() {
    return residentBytes / 1e6;
  }

  /**
   * Returns by how much of the interval a dead meter moves the others' polls, at the 99th of 100.
   */
  public double changePercent() {
    return Math.max(0, broken.p99Millis() - whole.p99Millis()) / intervalSeconds / 10;
  }

  /** Says whether all marks are met. */
  public boolean isMet() {
    return residentMegabytes() <= MOST_MEGABYTES
        && cpuPercent() <= MOST_CPU_PERCENT
        && tcp.p99Millis() <= MOST_JITTER_MILLIS
        && changePercent() <= MOST_CHANGE_PERCENT;
  }

  /** Returns the result in words, several lines. */
  public String text() {
    return """
        %d points every %.0f s, measured for %.0f s; %d readings admitted
          agent: %.0f MB resident (mark 128), %.1f %% of one core (mark 10)
          poll jitter over Modbus TCP: p50 %.1f ms, p99 %.1f ms (mark 100), worst %.1f ms, of %d polls
          on a bus whose meters all live: p50 %.1f ms, p99 %.1f ms, worst %.1f ms, of %d polls
          on a bus with one dead meter:   p50 %.1f ms, p99 %.1f ms, worst %.1f ms, of %d polls
          the dead one moves the others' polls by %.1f %% of the interval (mark 5)
          marks %s
        """
        .formatted(
            points,
            intervalSeconds,
            seconds,
            readings,
            residentMegabytes(),
            cpuPercent(),
            tcp.p50Millis(),
            tcp.p99Millis(),
            tcp.worstMillis(),
            tcp.polls(),
            whole.p50Millis(),
            whole.p99Millis(),
            whole.worstMillis(),
            whole.polls(),
            broken.p50Millis(),
            broken.p99Millis(),
            broken.worstMillis(),
            broken.polls(),
            changePercent(),
            isMet() ? "met" : "MISSED");
  }

  /** Returns the result as one JSON object. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"points\":%d,\"intervalSeconds\":%.0f,\"seconds\":%.1f,\"readings\":%d,"
            + "\"residentBytes\":%d,\"cpuPercent\":%.2f,\"tcp\":%s,\"wholeBus\":%s,"
            + "\"brokenBus\":%s,\"changePercent\":%.2f,\"met\":%b}",
        points,
        intervalSeconds,
        seconds,
        readings,
        residentBytes,
        cpuPercent(),
        json(tcp),
        json(whole),
        json(broken),
        changePercent(),
        isMet());
  }

  private static String json(PollSchedule schedule) {
    return String.format(
        Locale.ROOT,
        "{\"polls\":%d,\"p50Millis\":%.2f,\"p99Millis\":%.2f,\"worstMillis\":%.2f}",
        schedule.polls(),
        schedule.p50Millis(),
        schedule.p99Millis(),
        schedule.worstMillis());
  }
}

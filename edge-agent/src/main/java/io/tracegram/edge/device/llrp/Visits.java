package io.tracegram.edge.device.llrp;

import io.tracegram.ledger.evidence.statement.Content;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who is in the field, so that a tag that stays is told once. Single-threaded. A visit ends when
 * the tag was not read for a while; remembers so many tags at most, those that are there.
 */
final class Visits {
  private final long awayMillis;
  private final int most;

  /** By the time they were read last, the longest away first. */
  private final Map<Content, Long> lastSeen = new LinkedHashMap<>();

  /** What a read says of a visit. */
  enum Visit {
    BEGINS,
    GOES_ON,
    /** It would begin, but too many tags are in the field. */
    NO_ROOM
  }

  Visits(Duration away, int most) {
    this.awayMillis = away.toMillis();
    this.most = most;
  }

  /**
   * @param millis time of the read, which never falls
   */
  Visit seen(Content epc, long millis) {
    Iterator<Long> times = lastSeen.values().iterator();
    while (times.hasNext() && millis - times.next() >= awayMillis) {
      times.remove();
    }
    boolean here = lastSeen.remove(epc) != null;
    if (!here && lastSeen.size() >= most) {
      return Visit.NO_ROOM;
    }
    lastSeen.put(epc, millis);
    return here ? Visit.GOES_ON : Visit.BEGINS;
  }

  /** A visit that could not be told begins again with the next read. */
  void forget(Content epc) {
    lastSeen.remove(epc);
  }

  int size() {
    return lastSeen.size();
  }
}

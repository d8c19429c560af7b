package io.tracegram.edge.sign;

import io.tracegram.ledger.evidence.statement.Body.DeviceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets through at most one status per device and code in a while, and counts the others into the
 * next. Single-threaded and bounded: beyond 1,000 pairs of device and code, new ones are counted
 * under one.
 */
final class StatusLimit {
  private static final int MOST_ENTRIES = 1_000;
  private static final Key OVERFLOW = new Key("", "status.overflow");

  private record Key(String device, String code) {}

  private static final class Entry {
    long saidAt;
    long count;
    long order;
    @Nullable DeviceStatus held;

    DeviceStatus say(long nowNanos) {
      DeviceStatus status = Objects.requireNonNull(held);
      DeviceStatus counted =
          new DeviceStatus(
              status.device(),
              status.state(),
              status.code(),
              status.reason(),
              status.sinceMillis(),
              count);
      saidAt = nowNanos;
      count = 0;
      held = null;
      return counted;
    }
  }

  private final long windowNanos;
  private final Map<Key, Entry> entries = new HashMap<>();
  private long offered;

  StatusLimit(Duration window) {
    this.windowNanos = window.toNanos();
  }

  /** Returns the status if it may be said now; else it is held, the newest of its kind. */
  Optional<DeviceStatus> offer(DeviceStatus status, long nowNanos) {
    Key key = new Key(status.device(), status.code());
    if (!entries.containsKey(key) && entries.size() >= MOST_ENTRIES) {
      key = OVERFLOW;
    }
    Entry entry = entries.get(key);
    if (entry == null) {
      entry = new Entry();
      entry.saidAt = nowNanos;
      entries.put(key, entry);
      return Optional.of(status);
    }
    entry.count++;
    entry.order = ++offered;
    entry.held = status;
    return Optional.empty();
  }

  /** Returns what was held long enough, in the order it came, and forgets what was quiet. */
  List<DeviceStatus> due(long nowNanos) {
    List<Entry> due = new ArrayList<>();
    Iterator<Entry> all = entries.values().iterator();
    while (all.hasNext()) {
      Entry entry = all.next();
      if (nowNanos - entry.saidAt >= windowNanos) {
        if (entry.held == null) {
          all.remove();
        } else {
          due.add(entry);
        }
      }
    }
    due.sort(Comparator.comparingLong(entry -> entry.order));
    return due.stream().map(entry -> entry.say(nowNanos)).toList();
  }
}

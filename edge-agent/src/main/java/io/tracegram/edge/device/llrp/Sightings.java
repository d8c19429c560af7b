package io.tracegram.edge.device.llrp;

import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.ScanHandler;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Tag;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells the tags that come into a portal's field; those that come together, within 200 ms, are told
 * together. Single-threaded.
 */
final class Sightings {
  private static final Duration TOGETHER = Duration.ofMillis(200);

  private final String portal;
  private final Visits visits;
  private final ScanHandler handler;
  private final Times times;
  private final Map<Content, TagReport> waiting = new LinkedHashMap<>();
  private long due;

  /**
   * Two clocks, neither of which goes back.
   *
   * @param nanos monotonic system time
   * @param millis in which visits are counted: plant time where it is simulated
   */
  record Times(LongSupplier nanos, LongSupplier millis) {}

  Sightings(String portal, Visits visits, ScanHandler handler, Times times) {
    this.portal = portal;
    this.visits = visits;
    this.handler = handler;
    this.times = times;
  }

  void seen(TagReport tag) {
    int length = tag.epc().length();
    if (length < Tag.SHORTEST || length > Tag.LONGEST) {
      refuse(
          "portal.epc-length",
          "a tag with an EPC of %d bytes: only those of %d to %d bytes are told"
              .formatted(length, Tag.SHORTEST, Tag.LONGEST));
      return;
    }
    switch (visits.seen(tag.epc(), times.millis().getAsLong())) {
      case BEGINS -> await(tag);
      case GOES_ON -> waiting.computeIfPresent(tag.epc(), (epc, before) -> before.with(tag));
      case NO_ROOM ->
          refuse(
              "portal.too-many-tags",
              "a tag is not told: %d others are in the field; remove what is none of the plant's, or"
                      .formatted(visits.size())
                  + " lower the reader's power");
    }
  }

  private void await(TagReport tag) {
    if (waiting.isEmpty()) {
      due = times.nanos().getAsLong() + TOGETHER.toNanos();
    }
    waiting.put(tag.epc(), tag);
    if (waiting.size() == Body.TagRead.MAX_TAGS) {
      tell();
    }
  }

  /** Tells what has waited long enough. */
  void settle() {
    if (times.nanos().getAsLong() - due >= 0) {
      tell();
    }
  }

  /** Returns when to settle at the latest, in monotonic system time. */
  long wakeAt(long otherwise) {
    return waiting.isEmpty() || due - otherwise > 0 ? otherwise : due;
  }

  /** Tells what waits; what cannot be kept is told when it is read again. */
  void tell() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Observation.SeenTag> tags = waiting.values().stream().map(Sightings::seenTag).toList();
    waiting.clear();
    boolean kept = false;
    try {
      kept = handler.keep(List.of(new Observation.TagsSeen(portal, tags)));
    } finally {
      if (!kept) {
        tags.forEach(tag -> visits.forget(tag.epc()));
      }
    }
  }

  private static Observation.SeenTag seenTag(TagReport tag) {
    return new Observation.SeenTag(
        tag.epc(), tag.antenna(), tag.rssiDbm(), tag.firstSeenMicros(), tag.count());
  }

  private void refuse(String code, String reason) {
    handler.note(new Observation.Refused(portal, code, reason));
  }
}

package io.tracegram.runtime.epcis;

import io.tracegram.runtime.epcis.EventQuery.Position;
import java.util.List;
import java.util.Optional;

/**
 * Some events of a query's answer. Immutable.
 *
 * @param asOf size of the log on which the answer stands
 * @param next where the next page begins, empty if this is the last
 */
record EventPage(long asOf, List<StoredEvent> events, Optional<Position> next) {
  EventPage {
    events = List.copyOf(events);
  }
}

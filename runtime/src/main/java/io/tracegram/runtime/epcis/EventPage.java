package io.tracegram.runtime.epcis;

import io.tracegram.runtime.epcis.EventQuery.Position;
import java.util.List;
import java.util.Optional;

/**
 * Some events of a query's answer. Immutable.
 *
 * @param asOf the logs on which the answer stands, that of the program itself first
 * @param next where the next page begins, empty if this is the last
 */
record EventPage(List<LogSize> asOf, List<StoredEvent> events, Optional<Position> next) {
  EventPage {
    asOf = List.copyOf(asOf);
    events = List.copyOf(events);
  }
}

package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An event that the accounts of a plant found, rendered in normal form: bare CBV terms, Digital
 * Link URIs, UTC times.
 *
 * @param event with its eventID; not changed afterwards
 * @param context of the event's terms
 * @param leaf of the log that is its evidence
 * @param recordedMillis when that leaf was received
 */
public record OwnEvent(ObjectNode event, ArrayNode context, long leaf, long recordedMillis) {
  String eventId() {
    return event.path("eventID").asText();
  }

  Term identity() {
    return EventTerms.identity(eventId(), event);
  }

  EventWriter.Entry entry() {
    return new EventWriter.Entry(
        eventId(), event, event, context, leaf, StoredEvent.Origin.OWN, recordedMillis);
  }
}

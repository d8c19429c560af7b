package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An event that the accounts of a plant found, rendered in normal form: bare CBV terms, Digital
 * Link URIs, UTC times.
 *
 * @param event with its eventID; not changed afterwards
 * @param context of the event's terms
 * @param evidence the leaf that says so
 */
record OwnEvent(ObjectNode event, ArrayNode context, Evidence evidence) {
  String eventId() {
    return event.path("eventID").asText();
  }

  Term identity() {
    return EventTerms.identity(eventId(), event);
  }

  EventWriter.Entry entry() {
    return new EventWriter.Entry(
        eventId(), event, event, context, StoredEvent.Origin.OWN, evidence);
  }
}

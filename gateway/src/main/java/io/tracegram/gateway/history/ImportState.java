package io.tracegram.gateway.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.web.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far an import is. Immutable.
 *
 * @param done bytes of the file that the phase has read
 * @param of bytes of the file
 * @param notes what a person should know, such as rows and what is wrong with them
 * @param result once it is done
 */
record ImportState(
    Phase phase, long done, long of, List<String> notes, Optional<ImportResult> result) {
  /** What happens to the file, in order; it ends in one of the last three. */
  enum Phase {
    CHECKING,
    IMPORTING,
    ACCOUNTING,
    DONE,
    /** Something is wrong with the file; nothing of it was imported. */
    REFUSED,
    /** It broke off; what is in the log stays, and importing the file again completes it. */
    FAILED
  }

  ImportState {
    notes = List.copyOf(notes);
  }

  ObjectNode json(String id) {
    ObjectNode json =
        Json.object()
            .put("id", id)
            .put("state", phase.name().toLowerCase(Locale.ROOT))
            .put("bytesDone", done)
            .put("bytes", of);
    notes.forEach(json.putArray("notes")::add);
    result.ifPresent(known -> json.set("result", known.json()));
    return json;
  }
}

package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.ProblemDetails;
import java.util.List;
import java.util.OptionalLong;

/**
 * How far one capture has come, as the standard tells it. Immutable.
 *
 * @param proceed keep the good events if some are refused
 * @param createdMillis ms since 1970 UTC, system time
 * @param finishedMillis empty while it runs
 * @param success false as soon as anything is refused
 * @param errors at most {@link #MOST_ERRORS}, and one that says how many more
 * @param leaf of the log that holds the document, empty if none does
 */
public record CaptureJob(
    String id,
    boolean proceed,
    long createdMillis,
    OptionalLong finishedMillis,
    boolean success,
    List<ProblemDetails> errors,
    OptionalLong leaf) {
  /** Most errors told in full. */
  static final int MOST_ERRORS = 100;

  public CaptureJob {
    errors = List.copyOf(errors);
  }

  static CaptureJob begun(String id, boolean proceed, long nowMillis) {
    return new CaptureJob(
        id, proceed, nowMillis, OptionalLong.empty(), true, List.of(), OptionalLong.empty());
  }

  CaptureJob ended(long nowMillis, List<ProblemDetails> why, OptionalLong inLeaf) {
    return new CaptureJob(
        id, proceed, createdMillis, OptionalLong.of(nowMillis), why.isEmpty(), why, inLeaf);
  }

  public boolean running() {
    return finishedMillis.isEmpty();
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("captureID", id).put("createdAt", Json.time(createdMillis));
    finishedMillis.ifPresent(at -> json.put("finishedAt", Json.time(at)));
    json.put("running", running())
        .put("success", success)
        .put("captureErrorBehaviour", proceed ? "proceed" : "rollback");
    ArrayNode list = json.putArray("errors");
    for (ProblemDetails error : errors) {
      list.addObject()
          .put("type", error.type())
          .put("title", error.title())
          .put("status", error.status())
          .put("detail", error.detail());
    }
    leaf.ifPresent(at -> json.put("tracegram:leaf", at));
    return json;
  }
}

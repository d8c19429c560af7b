package io.tracegram.gateway.dashboard;

import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.ProblemDetails;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Requests that become leaves of the log, and what answers them. Stateless. */
final class LoggedAnswer {
  private LoggedAnswer() {}

  /**
   * Refuses any other type: a form of another site's page cannot send this one without being asked
   * for leave.
   */
  static void requireJson(RoutingContext request) {
    String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw RequestRefused.of(
          new ProblemDetails(415, "Unsupported media type", "Send it as application/json."));
    }
  }

  /**
   * Answers with the leaf, which is on disk.
   *
   * @param isNew false if the log held it already
   */
  static void leaf(RoutingContext request, long leaf, boolean isNew) {
    String evidence = "/api/v1/evidence/" + leaf;
    request.response().setStatusCode(isNew ? 201 : 200).putHeader(HttpHeaders.LOCATION, evidence);
    Answer.json(request, Json.object().put("leaf", leaf).put("evidence", evidence));
  }
}

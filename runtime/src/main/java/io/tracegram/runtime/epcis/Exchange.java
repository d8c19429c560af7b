package io.tracegram.runtime.epcis;

import io.tracegram.ledger.evidence.statement.Body;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the standard's resources have in common: paths, parameters, headers, pages. Stateless. */
final class Exchange {
  static final String HOME = "/epcis";
  static final String CAPTURE = HOME + "/capture";
  static final String EVENTS = HOME + "/events";

  private static final List<String> PAGING = List.of("perPage", "nextPageToken");

  private Exchange() {}

  /** Reads a query's parameters, each of which may be given once. */
  static Map<String, String> parameters(RoutingContext request) {
    MultiMap given = request.queryParams();
    Map<String, String> parameters = new HashMap<>();
    for (String name : given.names()) {
      if (given.getAll(name).size() > 1) {
        throw EventQueryReader.refused(
            EventQueryReader.shown(name)
                + " is given more than once: write several values as one, with | between them");
      }
      parameters.put(name, String.valueOf(given.get(name)));
    }
    return parameters;
  }

  /** Names the next page of the same query. */
  static void next(
      RoutingContext request, Map<String, String> parameters, int perPage, String token) {
    StringBuilder link = new StringBuilder(request.normalizedPath()).append('?');
    parameters.forEach(
        (name, value) -> {
          if (!PAGING.contains(name)) {
            link.append(encoded(name)).append('=').append(encoded(value)).append('&');
          }
        });
    link.append("perPage=").append(perPage).append("&nextPageToken=").append(token);
    request.response().putHeader("Link", "<" + link + ">; rel=\"next\"");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Says how much may be captured at once. */
  static HttpServerResponse limits(HttpServerResponse response) {
    return response
        .putHeader("GS1-EPCIS-Capture-Limit", Integer.toString(Body.EpcisCapture.MAX_EVENTS))
        .putHeader(
            "GS1-EPCIS-Capture-File-Size-Limit", Integer.toString(CaptureRoutes.LARGEST_DOCUMENT));
  }
}

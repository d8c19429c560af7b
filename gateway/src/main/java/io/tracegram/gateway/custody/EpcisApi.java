package io.tracegram.gateway.custody;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /epcis/events}: all custody events, newest first, in pages (EPCIS 2.0 §12.7: {@code
 * perPage}, {@code nextPageToken}, {@code Link}). Other query parameters are refused, since leaving
 * a filter unapplied would answer another question.
 */
public final class EpcisApi {
  private static final int PAGE = 30;
  private static final int LARGEST_PAGE = 1_000;
  private static final String JSON_LD = "application/ld+json";

  private final Source events;
  private final Clock clock;

  /** Where events come from. */
  public interface Source {
    /** Returns a page, see {@link EventPage#of}. */
    CompletableFuture<EventPage> events(OptionalLong before, int limit);
  }

  /**
   * Builds the interface.
   *
   * @param clock system time, for a document's creation date
   */
  public EpcisApi(Source events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  public void mount(Router router) {
    router.get("/epcis/events").handler(this::events);
  }

  private void events(RoutingContext request) {
    Parameters query = Parameters.of(request, "perPage", "nextPageToken");
    int limit = (int) query.integer("perPage", 1, LARGEST_PAGE).orElse(PAGE);
    OptionalLong before = query.integer("nextPageToken", 0, Integer.MAX_VALUE);
    Answer.with(request, events.events(before, limit), page -> answer(request, page, limit));
  }

  private void answer(RoutingContext request, EventPage page, int limit) {
    request
        .response()
        .putHeader("GS1-EPCIS-Version", "2.0.0")
        .putHeader("GS1-CBV-Version", "2.0.0")
        .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    if (page.older().isPresent()) {
      request
          .response()
          .putHeader(
              "Link",
              "</epcis/events?perPage=%d&nextPageToken=%d>; rel=\"next\""
                  .formatted(limit, page.older().getAsLong()));
    }
    Answer.text(request, contentType(request), Json.compact(document(page)));
  }

  private static String contentType(RoutingContext request) {
    String accept = Optional.ofNullable(request.request().getHeader(HttpHeaders.ACCEPT)).orElse("");
    return accept.contains(JSON_LD) ? JSON_LD : "application/json";
  }

  private ObjectNode document(EventPage page) {
    Optional<EpcisRendering> rendering = page.plant().map(EpcisRendering::new);
    ObjectNode results = Json.object().put("queryName", "SimpleEventQuery");
    results
        .putObject("resultsBody")
        .set(
            "eventList",
            rendering
                .map(known -> Json.array(page.newestFirst(), known::event))
                .orElseGet(Json::array));
    ObjectNode document = Json.object();
    document.set("@context", EpcisRendering.context());
    document
        .put("type", "EPCISQueryDocument")
        .put("schemaVersion", "2.0")
        .put("creationDate", Json.time(clock.millis()));
    document.putObject("epcisBody").set("queryResults", results);
    return document.put("tracegram:asOf", page.size());
  }
}

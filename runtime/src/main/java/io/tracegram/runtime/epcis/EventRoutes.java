package io.tracegram.runtime.epcis;

import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Parameters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Map;

/** Answers queries of events, and single events by their id. On the event loop, with workers. */
final class EventRoutes implements AutoCloseable {
  private final EventProjection projection;
  private final Clock clock;
  private final PageToken tokens;
  private final Workers queries = new Workers("epcis-query");

  EventRoutes(EventProjection projection, Clock clock) {
    this.projection = projection;
    this.clock = clock;
    tokens = projection.tokens();
  }

  void mount(Router router) {
    router.get(Exchange.EVENTS).handler(this::events);
    router.get(Exchange.EVENTS + "/*").handler(this::event);
  }

  @Override
  public void close() {
    queries.close();
  }

  private void events(RoutingContext request) {
    Negotiation.requireVersions(request.request());
    String type = Negotiation.accepted(request.request());
    EpcFormat format = Negotiation.epcFormat(request.request());
    Map<String, String> parameters = Exchange.parameters(request);
    EventQuery query = EventQueryReader.read(parameters, tokens);
    Answer.with(
        request,
        queries.done(() -> projection.page(query)),
        page -> {
          page.next()
              .map(end -> tokens.write(end, query.fingerprint()))
              .ifPresent(token -> Exchange.next(request, parameters, query.perPage(), token));
          answer(request, type, format, page);
        });
  }

  private void event(RoutingContext request) {
    Negotiation.requireVersions(request.request());
    String type = Negotiation.accepted(request.request());
    EpcFormat format = Negotiation.epcFormat(request.request());
    String rest = Parameters.rest(request, Exchange.EVENTS + "/");
    // an ni: URI (RFC 6920) has a question mark, which senders forget to encode
    String query = request.request().query();
    String id = query == null || query.isEmpty() ? rest : rest + "?" + query;
    Answer.with(
        request,
        queries.done(() -> projection.event(id)),
        page -> {
          if (page.events().isEmpty()) {
            throw EpcisProblem.NO_SUCH_RESOURCE.refusal(
                "there is no event " + EventQueryReader.shown(id));
          }
          answer(request, type, format, page);
        });
  }

  private void answer(RoutingContext request, String type, EpcFormat format, EventPage page) {
    request
        .response()
        .putHeader("GS1-EPC-Format", format.word())
        .putHeader(HttpHeaders.VARY, "Accept, GS1-EPC-Format");
    Answer.text(request, type, QueryDocument.of(page, clock.millis(), format));
  }
}

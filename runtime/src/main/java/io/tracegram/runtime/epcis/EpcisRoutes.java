package io.tracegram.runtime.epcis;

import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.ProblemDetails;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;

/**
 * The REST bindings of EPCIS 2.0 for capture and events, over an {@link EventProjection}: {@code
 * /epcis}, {@code capture}, {@code capture/{id}}, {@code events}, {@code events/{eventID}}. What is
 * not offered is refused with the standard's exceptions; {@code OPTIONS} says what is.
 */
public final class EpcisRoutes implements AutoCloseable {
  private static final String READABLE = "OPTIONS, GET";
  private static final String WRITABLE = "OPTIONS, GET, POST";

  private final Refusals refusals;
  private final CaptureRoutes captures;
  private final EventRoutes events;

  /** Hears of requests and captures that were refused; on any thread. */
  public interface Refusals {
    /**
     * Counts a refusal.
     *
     * @param subject {@code capture} or {@code query}
     */
    void refused(String subject, ProblemDetails why);
  }

  /**
   * Builds the interface.
   *
   * @param clock system time, for a document's creation date
   */
  public EpcisRoutes(
      Vertx vertx, EventProjection projection, CaptureDesk desk, Clock clock, Refusals refusals) {
    this.refusals = refusals;
    captures = new CaptureRoutes(vertx, projection, desk, refusals);
    events = new EventRoutes(projection, clock);
  }

  public void mount(Router router) {
    router.route(Exchange.HOME + "/*").handler(this::watch);
    router.options(Exchange.HOME).handler(request -> options(request, READABLE));
    router.get(Exchange.HOME).handler(EpcisRoutes::home);
    router.options(Exchange.CAPTURE).handler(request -> options(request, WRITABLE));
    router.options(Exchange.CAPTURE + "/:id").handler(request -> options(request, READABLE));
    router.options(Exchange.EVENTS).handler(request -> options(request, WRITABLE));
    router.options(Exchange.EVENTS + "/*").handler(request -> options(request, READABLE));
    captures.mount(router);
    events.mount(router);
    router.route(Exchange.HOME + "/*").handler(EpcisRoutes::elsewhere);
  }

  @Override
  public void close() {
    captures.close();
    events.close();
  }

  /** Sets the headers of every answer, and has refusals counted. */
  private void watch(RoutingContext request) {
    request
        .response()
        .putHeader("GS1-EPCIS-Version", "2.0.0")
        .putHeader("GS1-CBV-Version", "2.0.0")
        .putHeader("GS1-Extensions", QueryDocument.PREFIX + "=" + QueryDocument.NAMESPACE);
    request.addEndHandler(
        ended -> {
          if (request.failure() instanceof RequestRefused refused) {
            HttpMethod method = request.request().method();
            refusals.refused(
                method.equals(HttpMethod.POST) ? "capture" : "query", refused.problem());
          }
        });
    request.next();
  }

  private static void elsewhere(RoutingContext request) {
    String path = request.normalizedPath();
    boolean writable = path.equals(Exchange.CAPTURE) || path.equals(Exchange.EVENTS);
    if (writable
        || path.equals(Exchange.HOME)
        || path.startsWith(Exchange.CAPTURE + "/")
        || path.startsWith(Exchange.EVENTS + "/")) {
      String allowed = writable ? WRITABLE : READABLE;
      request.response().putHeader(HttpHeaders.ALLOW, allowed);
      throw EpcisProblem.METHOD.refusal("there are " + allowed + " here");
    }
    throw EpcisProblem.NO_SUCH_RESOURCE.refusal(
        "there are capture and events; other top-level resources, named queries and subscriptions"
            + " are not offered here");
  }

  private static void options(RoutingContext request, String allowed) {
    HttpServerResponse response =
        request
            .response()
            .setStatusCode(204)
            .putHeader(HttpHeaders.ALLOW, allowed)
            .putHeader("GS1-EPCIS-Min", "2.0.0")
            .putHeader("GS1-EPCIS-Max", "2.0.0")
            .putHeader("GS1-CBV-Min", "2.0.0")
            .putHeader("GS1-CBV-Max", "2.0.0")
            .putHeader("GS1-EPC-Format", EpcFormat.words());
    if (request.normalizedPath().startsWith(Exchange.CAPTURE)) {
      Exchange.limits(response).putHeader("GS1-Capture-Error-Behaviour", "all");
    }
    response.end();
  }

  private static void home(RoutingContext request) {
    String type = Negotiation.accepted(request.request());
    Answer.text(
        request,
        type,
        Json.compact(
            Json.object()
                .put("@context", QueryDocument.CONTEXT)
                .put("type", "Collection")
                .set("member", Json.array().add("capture").add("events"))));
  }
}

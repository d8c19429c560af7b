package io.tracegram.runtime.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server with the protections that every page and interface of ours has. Mount routes on
 * {@link #router} before {@link #start}. Handlers run on the event loop and must not block.
 */
public final class WebShell {
  private static final Logger LOG = LoggerFactory.getLogger(WebShell.class);
  private static final int MAX_CONNECTIONS = 1_024;
  private static final int MAX_HEADER_BYTES = 16_384;
  private static final int MAX_LINE_BYTES = 4_096;
  private static final int IDLE_SECONDS = 60;
  private static final List<Integer> UNROUTED = List.of(400, 404, 405, 406, 413, 415);

  /** Everything from this host and nothing inline, so that hostile text stays text. */
  static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
          + " object-src 'none'";

  private final WebAddress address;
  private final ProblemPage problemPage;
  private final Router router;
  private final HttpServer server;
  private final AtomicInteger connections = new AtomicInteger();

  public WebShell(Vertx vertx, WebAddress address, Assets assets, ProblemPage problemPage) {
    this.address = address;
    this.problemPage = problemPage;
    router = Router.router(vertx);
    router.route().handler(this::protect).failureHandler(this::refuse);
    UNROUTED.forEach(status -> router.errorHandler(status, this::refuse));
    assets.mount(router);
    server = vertx.createHttpServer(options()).requestHandler(router);
    server.connectionHandler(this::admit);
  }

  /** The routes; those mounted first win. */
  public Router router() {
    return router;
  }

  /** Listens; returns the port once connections are accepted. */
  public Future<Integer> start() {
    return server.listen(address.port(), address.host()).map(HttpServer::actualPort);
  }

  public Future<Void> stop() {
    return server.close();
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        // no browser upgrades to cleartext HTTP/2, and an upgrade under compression can hang
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(true)
        .setDecompressionSupported(true)
        .setCompressionContentSizeThreshold(1_024)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setMaxInitialLineLength(MAX_LINE_BYTES)
        .setIdleTimeout(IDLE_SECONDS);
  }

  private void admit(HttpConnection connection) {
    if (connections.incrementAndGet() > MAX_CONNECTIONS) {
      LOG.warn("event=web.connection.refused open={} limit={}", connections, MAX_CONNECTIONS);
      connection.close();
    }
    connection.closeHandler(closed -> connections.decrementAndGet());
  }

  private void protect(RoutingContext request) {
    request
        .response()
        .putHeader("content-security-policy", POLICY)
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("x-frame-options", "DENY")
        .putHeader("referrer-policy", "no-referrer")
        .putHeader("cross-origin-opener-policy", "same-origin")
        .putHeader("cross-origin-resource-policy", "same-origin");
    HostAndPort host = request.request().authority();
    if (host == null || !address.isCalled(host.host())) {
      // A page of a stranger whose name was made to point at us (DNS rebinding) names its own host.
      throw RequestRefused.of(
          new ProblemDetails(
              421,
              "Unknown host",
              "This service does not answer under that host name. Use localhost, or add the name"
                  + " to its configuration."));
    }
    if (!isSafe(request.request().method())
        && "cross-site".equals(request.request().getHeader("sec-fetch-site"))) {
      throw RequestRefused.of(
          new ProblemDetails(403, "Refused", "Another site's page may not change anything here."));
    }
    request.next();
  }

  private static boolean isSafe(HttpMethod method) {
    return method.equals(HttpMethod.GET)
        || method.equals(HttpMethod.HEAD)
        || method.equals(HttpMethod.OPTIONS);
  }

  private void refuse(RoutingContext request) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      request.request().connection().close();
      return;
    }
    ProblemDetails problem = problem(request);
    response.setStatusCode(problem.status()).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (wantsPage(request.request())) {
      response
          .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
          .end(problemPage.render(problem));
    } else {
      response
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
          .end(Json.compact(json(problem)));
    }
  }

  private static ProblemDetails problem(RoutingContext request) {
    Throwable failure = request.failure();
    if (failure instanceof RequestRefused refused) {
      return refused.problem();
    }
    if (failure != null) {
      LOG.error("event=web.request.failed path={}", request.normalizedPath(), failure);
      return ProblemDetails.of(500);
    }
    return ProblemDetails.of(Math.max(400, request.statusCode()));
  }

  private static ObjectNode json(ProblemDetails problem) {
    ObjectNode json =
        Json.object()
            .put("type", problem.type())
            .put("title", problem.title())
            .put("status", problem.status())
            .put("detail", problem.detail());
    if (!problem.faults().isEmpty()) {
      json.set(
          "errors",
          Json.array(
              problem.faults(),
              fault ->
                  Json.object().put("pointer", fault.pointer()).put("detail", fault.reason())));
    }
    return json;
  }

  private static boolean wantsPage(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    String path = request.path();
    return accept != null
        && accept.contains("text/html")
        && (path == null || !(path.startsWith("/api/") || path.startsWith("/epcis/")));
  }
}

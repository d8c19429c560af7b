package io.tracegram.cloud.declaration;

import io.tracegram.cloud.footprint.Passports;
import io.tracegram.ledger.custody.LotId;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The central service's API, to be mounted at {@code /api/v1}; errors are problem details (RFC 9457).
 * Confined to the event loop; all reading happens on worker threads.
 */
public final class ApiRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ApiRoutes.class);

  private final Vertx vertx;
  private final CloudReadModel model;
  private final Passports passports;

  public ApiRoutes(Vertx vertx, CloudReadModel model, Passports passports) {
    this.vertx = vertx;
    this.model = model;
    this.passports = passports;
  }

  public Router router() {
    Router router = Router.router(vertx);
    router
        .get("/facilities")
        .handler(
            context ->
                answer(
                    context,
                    () ->
                        Optional.of(
                            new JsonObject()
                                .put(
                                    "facilities",
                                    DeclarationJson.array(
                                        model.facilities(), DeclarationJson::facility)))));
    router
        .get("/declarations")
        .handler(
            context ->
                answer(
                    context,
                    () ->
                        Optional.of(
                            new JsonObject()
                                .put(
                                    "declarations",
                                    DeclarationJson.array(
                                        model.declarations(), DeclarationJson::declaration)))));
    router.getWithRegex("/lots/(?<path>.+)").handler(this::lot);
    router.get("/passports").handler(this::passport);
    router.route().handler(context -> problem(context, 404, "not-found", "There is no such resource"));
    router
        .route()
        .failureHandler(
            context -> {
              LOG.error("event=api.failed path={}", context.normalizedPath(), context.failure());
              problem(context, 500, "internal", "The service failed; see its log, then try again");
            });
    return router;
  }

  private void lot(RoutingContext context) {
    String path = URLDecoder.decode(context.pathParam("path"), StandardCharsets.UTF_8);
    parse(path)
        .ifPresentOrElse(
            lot -> answer(context, () -> model.lot(lot).map(DeclarationJson::lot)),
            () -> badLot(context));
  }

  private void passport(RoutingContext context) {
    Optional<String> facility = Optional.ofNullable(context.request().getParam("facility"));
    Optional.ofNullable(context.request().getParam("lot"))
        .flatMap(ApiRoutes::parse)
        .ifPresentOrElse(
            lot ->
                answer(
                    context,
                    () -> passports.passport(lot, facility).map(DeclarationJson::passport)),
            () -> badLot(context));
  }

  private static Optional<LotId> parse(String path) {
    try {
      return Optional.of(new LotId(path));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void badLot(RoutingContext context) {
    problem(context, 400, "bad-lot", "A lot is named 01/{gtin}/10/{lot} or 01/{gtin}/21/{serial}");
  }

  private void answer(RoutingContext context, Callable<Optional<JsonObject>> read) {
    vertx
        .executeBlocking(read, false)
        .onSuccess(
            json ->
                json.ifPresentOrElse(
                    found -> send(context, 200, "application/json", found),
                    () ->
                        problem(
                            context, 404, "unknown-lot", "No facility has a final account of it")))
        .onFailure(context::fail);
  }

  private static void problem(RoutingContext context, int status, String code, String detail) {
    send(
        context,
        status,
        "application/problem+json",
        new JsonObject()
            .put("type", "urn:tracegram:problem:" + code)
            .put("title", detail)
            .put("status", status)
            .put("instance", context.normalizedPath()));
  }

  private static void send(RoutingContext context, int status, String type, JsonObject body) {
    context.response().setStatusCode(status).putHeader("Content-Type", type).end(body.toBuffer());
  }
}

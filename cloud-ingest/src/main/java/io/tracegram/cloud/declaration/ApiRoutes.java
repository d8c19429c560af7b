package io.tracegram.cloud.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.cloud.footprint.Passports;
import io.tracegram.cloud.inventory.ExceptionQueries;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The central service's API under {@code /api/v1}, on a router that renders refusals ({@code
 * runtime.web}). Confined to the event loop; all reading happens on worker threads.
 */
public final class ApiRoutes {
  private static final long MOST_EXCEPTIONS = 1_000;
  private static final int MOST_RESTATED = 1_000;

  private final Vertx vertx;
  private final CloudReadModel model;
  private final Passports passports;

  public ApiRoutes(Vertx vertx, CloudReadModel model, Passports passports) {
    this.vertx = vertx;
    this.model = model;
    this.passports = passports;
  }

  public void mount(Router router) {
    router.get("/api/v1/facilities").handler(this::facilities);
    router.get("/api/v1/declarations").handler(this::declarations);
    router.get("/api/v1/exceptions").handler(this::exceptions);
    router.getWithRegex("/api/v1/lots/(?<path>.+)").handler(this::lot);
    router.get("/api/v1/passports").handler(this::passport);
    router.get("/api/v1/footprints").handler(this::footprint);
    router.get("/api/v1/restatements").handler(this::restatements);
  }

  private void facilities(RoutingContext context) {
    answer(context, () -> Json.array(model.facilities(), DeclarationJson::facility));
  }

  private void declarations(RoutingContext context) {
    answer(context, () -> Json.array(model.declarations(), DeclarationJson::declaration));
  }

  private void exceptions(RoutingContext context) {
    Parameters parameters = Parameters.of(context, "facility", "code", "offset", "limit");
    ExceptionQueries.Question question =
        new ExceptionQueries.Question(
            parameters.text("facility"),
            parameters.text("code"),
            parameters.integer("offset", 0, Integer.MAX_VALUE).orElse(0),
            (int) parameters.integer("limit", 1, MOST_EXCEPTIONS).orElse(100));
    answer(
        context,
        () -> ExceptionJson.page(model.exceptions(question), question, model.facilities()));
  }

  private void lot(RoutingContext context) {
    LotId lot = parse(URLDecoder.decode(context.pathParam("path"), StandardCharsets.UTF_8));
    answer(context, () -> found(lot, model.lot(lot).map(DeclarationJson::lot)));
  }

  private void passport(RoutingContext context) {
    Optional<String> facility = Optional.ofNullable(context.request().getParam("facility"));
    String path = context.request().getParam("lot");
    LotId lot = parse(path == null ? "" : path);
    answer(
        context,
        () -> found(lot, passports.passport(lot, facility).map(DeclarationJson::passport)));
  }

  private void footprint(RoutingContext context) {
    Parameters parameters = Parameters.of(context, "facility", "index");
    String facility =
        parameters
            .text("facility")
            .orElseThrow(() -> RequestRefused.bad("'facility' names whose log is asked."));
    long index =
        parameters
            .integer("index", 0, Long.MAX_VALUE)
            .orElseThrow(() -> RequestRefused.bad("'index' names the leaf, from 0 on."));
    answer(
        context,
        () ->
            passports
                .footprint(facility, index)
                .map(DeclarationJson::leaf)
                .orElseThrow(
                    () ->
                        RequestRefused.notFound(
                            "No supplier's footprint is mirrored as leaf %d of %s."
                                .formatted(index, facility))));
  }

  private void restatements(RoutingContext context) {
    Parameters parameters = Parameters.of(context, "facility", "after");
    String facility =
        parameters
            .text("facility")
            .orElseThrow(() -> RequestRefused.bad("'facility' names whose lots are asked for."));
    long after = parameters.integer("after", -1, Long.MAX_VALUE).orElse(-1L);
    answer(
        context,
        () ->
            DeclarationJson.restatements(
                passports.restatedAfter(facility, after, MOST_RESTATED), after));
  }

  private static LotId parse(String path) {
    try {
      return new LotId(path);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.bad("A lot is named 01/{gtin}/10/{lot} or 01/{gtin}/21/{serial}.");
    }
  }

  private static ObjectNode found(LotId lot, Optional<ObjectNode> json) {
    return json.orElseThrow(
        () -> RequestRefused.notFound("No facility has a final account of " + lot + " yet."));
  }

  private void answer(RoutingContext context, Callable<? extends JsonNode> read) {
    vertx
        .executeBlocking(read, false)
        .onSuccess(json -> Answer.json(context, json))
        .onFailure(context::fail);
  }
}

package io.tracegram.runtime.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Ends requests with pages and JSON. Call on the request's event loop. */
public final class Answer {
  private Answer() {}

  public static void html(RoutingContext request, String page) {
    text(request, "text/html; charset=utf-8", page);
  }

  public static void json(RoutingContext request, JsonNode node) {
    text(request, "application/json", Json.compact(node));
  }

  public static void text(RoutingContext request, String contentType, String content) {
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .end(content);
  }

  /**
   * Goes on with a request, back on its event loop, when a stage of the gateway or the cloud has
   * what it needs; a failure of either ends it with problem details.
   */
  public static <T> void with(RoutingContext request, CompletionStage<T> stage, Consumer<T> then) {
    Context loop = request.vertx().getOrCreateContext();
    stage.whenComplete(
        (value, failure) ->
            loop.runOnContext(
                ignored -> {
                  if (request.response().closed() || request.response().ended()) {
                    return;
                  }
                  try {
                    if (failure == null) {
                      then.accept(value);
                    } else {
                      request.fail(cause(failure));
                    }
                  } catch (RuntimeException e) {
                    request.fail(e);
                  }
                }));
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}

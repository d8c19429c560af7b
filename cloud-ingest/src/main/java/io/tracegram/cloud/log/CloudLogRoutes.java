package io.tracegram.cloud.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.runtime.web.LogRoutes;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;

/** Serves the central service's log, and published documents by their hash. Thread-safe. */
public final class CloudLogRoutes {
  private static final String HASH = "[0-9a-f]{64}";

  private final Vertx vertx;
  private final CloudLog log;

  public CloudLogRoutes(Vertx vertx, CloudLog log) {
    this.vertx = vertx;
    this.log = log;
  }

  public void mount(Router router) {
    new LogRoutes(vertx, log.log()).mount(router);
    router.get("/log/documents/:hash").handler(this::document);
  }

  private void document(RoutingContext context) {
    String hash = context.pathParam("hash");
    if (!hash.matches(HASH)) {
      context.next();
      return;
    }
    vertx
        .executeBlocking(() -> log.document(Hash.of(HexFormat.of().parseHex(hash))), false)
        .onSuccess(
            found ->
                found.ifPresentOrElse(
                    bytes ->
                        context
                            .response()
                            .putHeader("Content-Type", "application/ld+json")
                            .putHeader("Cache-Control", "public, max-age=31536000, immutable")
                            .end(Buffer.buffer(bytes)),
                    context::next))
        .onFailure(context::fail);
  }
}

package io.tracegram.runtime.web;

import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.runtime.log.EvidenceLog;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Serves the log under {@code /log} as C2SP tlog-tiles. Thread-safe. */
public final class LogRoutes {
  private static final String PREFIX = "/log/";

  private final Vertx vertx;
  private final EvidenceLog log;

  public LogRoutes(Vertx vertx, EvidenceLog log) {
    this.vertx = vertx;
    this.log = log;
  }

  public void mount(Router router) {
    router.get("/log/checkpoint").handler(this::checkpoint);
    router.get("/log/tile/*").handler(this::tile);
  }

  private void checkpoint(RoutingContext context) {
    log.checkpoint()
        .ifPresentOrElse(
            note ->
                context
                    .response()
                    .putHeader("Content-Type", "text/plain; charset=utf-8")
                    .putHeader("Cache-Control", "no-cache")
                    .end(Buffer.buffer(note.format().getBytes(StandardCharsets.UTF_8))),
            context::next);
  }

  private void tile(RoutingContext context) {
    Optional<TilePath> path = TilePath.parse(context.request().path().substring(PREFIX.length()));
    if (path.isEmpty()) {
      context.next();
      return;
    }
    vertx
        .executeBlocking(() -> log.tile(path.get()), false)
        .onSuccess(
            tile ->
                tile.ifPresentOrElse(
                    bytes ->
                        context
                            .response()
                            .putHeader("Content-Type", "application/octet-stream")
                            .putHeader("Cache-Control", "public, max-age=31536000, immutable")
                            .end(Buffer.buffer(bytes)),
                    context::next))
        .onFailure(context::fail);
  }
}

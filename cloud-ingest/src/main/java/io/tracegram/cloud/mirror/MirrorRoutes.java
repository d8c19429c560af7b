package io.tracegram.cloud.mirror;

import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.evidence.replication.AddCheckpointRequest;
import io.tracegram.runtime.cosign.Decision;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mirror's HTTP interface (tlog-mirror for writing, tlog-tiles for reading), under {@code
 * /mirror}. The server must decompress requests. Confined to the event loop; all work with the disk
 * happens on worker threads.
 */
public final class MirrorRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(MirrorRoutes.class);
  private static final int PAUSE_ABOVE = 1 << 20;

  /** Each upload may hold a package of 16 MiB in memory. */
  private static final int MAX_UPLOADS = 16;

  private final Vertx vertx;
  private final Mirror mirror;
  private final Runnable mirrored;
  private final AtomicInteger uploads = new AtomicInteger();

  /**
   * @param mirrored called on the event loop after each completed upload; must not block
   */
  public MirrorRoutes(Vertx vertx, Mirror mirror, Runnable mirrored) {
    this.vertx = vertx;
    this.mirror = mirror;
    this.mirrored = mirrored;
  }

  public void mount(Router router) {
    router
        .post("/mirror/add-checkpoint")
        .handler(BodyHandler.create(false).setBodyLimit(AddCheckpointRequest.MAX_LENGTH))
        .handler(this::addCheckpoint);
    router.post("/mirror/add-entries").handler(this::addEntries);
    router.getWithRegex("/mirror/(?<hash>[0-9a-f]{64})/(?<path>.+)").handler(this::read);
  }

  private void addCheckpoint(RoutingContext context) {
    String body = context.body().asString(StandardCharsets.UTF_8.name());
    vertx
        .executeBlocking(() -> mirror.addCheckpoint(body == null ? "" : body), false)
        .onSuccess(decision -> answer(context.response(), decision))
        .onFailure(context::fail);
  }

  private static void answer(HttpServerResponse response, Decision decision) {
    if (decision instanceof Decision.Inconsistent(String reason, var _)) {
      LOG.warn("event=mirror.checkpoint-inconsistent reason=\"{}\"", reason);
    }
    response
        .setStatusCode(decision.status())
        .putHeader("Content-Type", decision.contentType())
        .end(decision.body());
  }

  private void addEntries(RoutingContext context) {
    int running = uploads.incrementAndGet();
    context.addEndHandler(ended -> uploads.decrementAndGet());
    if (running > MAX_UPLOADS) {
      throw RequestRefused.busy("Too many uploads at once. Try again in a moment.");
    }
    context.response().putHeader("Accept-Encoding", "gzip");
    new Transfer(context, mirror.upload()).start();
  }

  /** Feeds one request's body, chunk by chunk and off the event loop, to its upload. */
  private final class Transfer {
    private final RoutingContext context;
    private final HttpServerRequest request;
    private final Upload upload;
    private Future<Void> fed = Future.succeededFuture();
    private long waiting;
    private boolean answered;

    Transfer(RoutingContext context, Upload upload) {
      this.context = context;
      this.request = context.request();
      this.upload = upload;
    }

    void start() {
      request.handler(this::chunk);
      request.endHandler(end -> fed.onComplete(done -> finish()));
      request.exceptionHandler(
          cause -> {
            // what was proven is on disk; the client resumes by the mirror's next entry
            answered = true;
          });
    }

    private void chunk(Buffer chunk) {
      if (answered) {
        return;
      }
      waiting += chunk.length();
      if (waiting > PAUSE_ABOVE) {
        request.pause();
      }
      fed =
          fed.compose(before -> feed(chunk))
              .onComplete(
                  done -> {
                    waiting -= chunk.length();
                    request.resume();
                  });
    }

    private Future<Void> feed(Buffer chunk) {
      if (answered) {
        return Future.succeededFuture();
      }
      return vertx
          .executeBlocking(() -> upload.feed(chunk.getBytes()), false)
          .map(
              answer -> {
                answer.ifPresent(this::answer);
                return null;
              });
    }

    private void finish() {
      if (fed.failed()) {
        fail(fed.cause());
      } else if (!answered) {
        vertx.executeBlocking(upload::end, false).onSuccess(this::answer).onFailure(this::fail);
      }
    }

    private void fail(Throwable cause) {
      if (!answered) {
        answered = true;
        context.fail(cause);
      }
    }

    private void answer(UploadAnswer answer) {
      if (answered) {
        return;
      }
      answered = true;
      if (answer instanceof UploadAnswer.Unproven(String reason)) {
        LOG.warn("event=mirror.entries-unproven reason=\"{}\"", reason);
      }
      context
          .response()
          .setStatusCode(answer.status())
          .putHeader("Content-Type", answer.contentType())
          .end(answer.body());
      if (answer instanceof UploadAnswer.Completed) {
        mirrored.run();
      }
    }
  }

  private void read(RoutingContext context) {
    Optional<MirroredLog> log = mirror.logByHash(context.pathParam("hash"));
    String path = context.pathParam("path");
    if (log.isEmpty()) {
      context.fail(404);
    } else if (path.equals("checkpoint")) {
      log.get()
          .checkpoint()
          .ifPresentOrElse(
              note ->
                  context
                      .response()
                      .putHeader("Content-Type", "text/plain; charset=utf-8")
                      .putHeader("Cache-Control", "no-cache")
                      .end(note.format()),
              () -> context.fail(404));
    } else {
      TilePath.parse(path)
          .ifPresentOrElse(tile -> tile(context, log.get(), tile), () -> context.fail(404));
    }
  }

  private void tile(RoutingContext context, MirroredLog log, TilePath path) {
    vertx
        .executeBlocking(() -> log.tile(path), false)
        .onSuccess(
            tile ->
                tile.ifPresentOrElse(
                    bytes ->
                        context
                            .response()
                            .putHeader("Content-Type", "application/octet-stream")
                            .putHeader("Cache-Control", "public, max-age=31536000, immutable")
                            .end(Buffer.buffer(bytes)),
                    () -> context.fail(404)))
        .onFailure(context::fail);
  }
}

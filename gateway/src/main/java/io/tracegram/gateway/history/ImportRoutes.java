package io.tracegram.gateway.history;

import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.ProblemDetails;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.channels.ClosedChannelException;

/**
 * Files of history over HTTP: {@code POST /api/v1/imports} takes one, {@code GET
 * /api/v1/imports/ID} says how far it is. The file is on disk before it is answered.
 */
public final class ImportRoutes {
  /** Most bytes of a file: some ten million rows. */
  public static final long MAX_BYTES = 1L << 30;

  private static final String PATH = "/api/v1/imports";

  private final Vertx vertx;
  private final ImportDesk desk;
  private final long maxBytes;

  /**
   * @param maxBytes of a file, beyond which it is refused
   */
  public ImportRoutes(Vertx vertx, ImportDesk desk, long maxBytes) {
    this.vertx = vertx;
    this.desk = desk;
    this.maxBytes = maxBytes;
  }

  public void mount(Router router) {
    router.post(PATH).handler(this::take);
    router.get(PATH + "/:id").handler(this::state);
  }

  private void state(RoutingContext request) {
    Parameters.of(request);
    String id = request.pathParam("id");
    ImportState state =
        desk.state(id)
            .orElseThrow(
                () ->
                    RequestRefused.notFound(
                        "No such import since the gateway started. Import the file again: what is"
                            + " in the log is not said twice."));
    Answer.json(request, state.json(id));
  }

  private void take(RoutingContext request) {
    Parameters parameters = Parameters.of(request, "onBadRow", "by");
    String onBadRow = parameters.text("onBadRow").orElse("refuse");
    if (!onBadRow.equals("refuse") && !onBadRow.equals("skip")) {
      throw RequestRefused.bad("onBadRow is refuse or skip");
    }
    ImportDesk.Order order =
        new ImportDesk.Order(parameters.text("by").orElse("operator"), onBadRow.equals("skip"));
    String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.startsWith("text/csv")) {
      throw refused(415, "Unsupported media type", "Send the file as text/csv.");
    }
    String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > maxBytes) {
      throw tooLarge();
    }
    String id =
        desk.reserve()
            .orElseThrow(
                () ->
                    refused(
                        409,
                        "Busy with another import",
                        "One file is imported at a time. Try again when the other is done."));
    request.request().pause();
    vertx
        .fileSystem()
        .open(desk.file(id).toString(), new OpenOptions().setCreateNew(true).setRead(false))
        .onSuccess(file -> new Transfer(request, file, id, order).start())
        .onFailure(
            cause -> {
              desk.release();
              request.fail(cause);
            });
  }

  private RequestRefused tooLarge() {
    return refused(413, "Too large", "A file has at most " + maxBytes + " bytes. Split it.");
  }

  private static RequestRefused refused(int status, String title, String detail) {
    return RequestRefused.of(new ProblemDetails(status, title, detail));
  }

  /** Writes one request's body to its file. Event-loop-confined. */
  private final class Transfer {
    private final RoutingContext context;
    private final HttpServerRequest request;
    private final AsyncFile file;
    private final String id;
    private final ImportDesk.Order order;
    private long received;
    private boolean ended;

    Transfer(RoutingContext context, AsyncFile file, String id, ImportDesk.Order order) {
      this.context = context;
      this.request = context.request();
      this.file = file;
      this.id = id;
      this.order = order;
    }

    void start() {
      file.exceptionHandler(this::failed);
      request.exceptionHandler(this::failed);
      request.handler(this::chunk);
      request.endHandler(end -> finish());
      context.response().closeHandler(closed -> failed(new ClosedChannelException()));
      if (context.response().closed()) {
        failed(new ClosedChannelException());
      }
      request.resume();
    }

    private void chunk(Buffer chunk) {
      if (ended) {
        return;
      }
      received += chunk.length();
      if (received > maxBytes) {
        failed(tooLarge());
        return;
      }
      file.write(chunk).onFailure(this::failed);
      if (file.writeQueueFull()) {
        request.pause();
        file.drainHandler(drained -> request.resume());
      }
    }

    private void finish() {
      if (ended) {
        return;
      }
      file.flush()
          .compose(flushed -> file.close())
          .onSuccess(
              closed -> {
                if (ended) {
                  return;
                }
                ended = true;
                desk.begin(id, order);
                ImportState state = desk.state(id).orElseThrow();
                context
                    .response()
                    .setStatusCode(202)
                    .putHeader(HttpHeaders.LOCATION, PATH + "/" + id);
                Answer.json(context, state.json(id));
              })
          .onFailure(this::failed);
    }

    private void failed(Throwable cause) {
      if (ended) {
        return;
      }
      ended = true;
      request.resume();
      file.close()
          .eventually(() -> vertx.fileSystem().delete(desk.file(id).toString()))
          .onComplete(deleted -> desk.release());
      context.fail(cause);
    }
  }
}

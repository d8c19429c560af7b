package io.tracegram.runtime.epcis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes the body of a request, as long as it is neither too large, nor too slow, nor more than all
 * uploads together may be. On the request's event loop.
 */
final class Upload {
  /** How long one upload may take. */
  private static final long PATIENCE_MILLIS = 60_000;

  /** Bytes of all uploads that are not captured yet. */
  private static final long ALL_BYTES = 64L << 20;

  private final HttpServerRequest request;
  private final int limit;
  private final AtomicLong all;
  private final Promise<byte[]> whole = Promise.promise();
  private final Buffer buffer = Buffer.buffer();
  private boolean refused;

  private Upload(HttpServerRequest request, int limit, AtomicLong all) {
    this.request = request;
    this.limit = limit;
    this.all = all;
  }

  /**
   * Reads a body.
   *
   * @param limit of its bytes
   * @param all counts the bytes of all uploads; the taker of the body subtracts its length when it
   *     is done, a failed upload subtracts its own
   */
  static Future<byte[]> of(Vertx vertx, HttpServerRequest request, int limit, AtomicLong all) {
    return new Upload(request, limit, all).read(vertx);
  }

  private Future<byte[]> read(Vertx vertx) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && (length.length() > 18 || Long.parseLong(length) > limit)) {
      refuse(tooLarge());
    } else if (request.getHeader(HttpHeaders.EXPECT) != null) {
      request.response().writeContinue();
    }
    long timer =
        vertx.setTimer(
            PATIENCE_MILLIS,
            late -> {
              refuse(
                  EpcisProblem.SLOW_UPLOAD.refusal(
                      "the document did not come within %d s: send it in smaller parts"
                          .formatted(PATIENCE_MILLIS / 1_000)));
              vertx.setTimer(1_000, later -> request.connection().close());
            });
    request
        .handler(this::take)
        .exceptionHandler(
            gone -> {
              vertx.cancelTimer(timer);
              refuse(EpcisProblem.VALIDATION.refusal("the upload broke off"));
            })
        .endHandler(
            end -> {
              vertx.cancelTimer(timer);
              if (!refused) {
                whole.complete(buffer.getBytes());
              }
            });
    return whole.future();
  }

  private void take(Buffer chunk) {
    if (refused) {
      return; // what still comes is let through the floor, so that the answer can be read
    }
    if (buffer.length() + chunk.length() > limit) {
      refuse(tooLarge());
      return;
    }
    buffer.appendBuffer(chunk);
    if (all.addAndGet(chunk.length()) > ALL_BYTES) {
      refuse(EpcisProblem.BUSY.refusal("too many uploads at once: try again in a second"));
    }
  }

  private void refuse(RuntimeException why) {
    if (!refused) {
      refused = true;
      all.addAndGet(-buffer.length());
      whole.tryFail(why);
    }
  }

  private RuntimeException tooLarge() {
    return EpcisProblem.CAPTURE_LIMIT.refusal(
        "a document has at most %,d bytes here: send it in parts".formatted(limit));
  }
}

package io.tracegram.gateway.replicate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;

/**
 * HTTP calls that end: each answer is bounded in bytes, and in time to its last byte. Redirects are
 * not followed. Thread-safe; blocks, so it wants a virtual thread.
 */
final class Transport implements AutoCloseable {
  private static final int MAX_ANSWER = 1 << 20;
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private final Duration quick;
  private final Duration upload;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Transport() {
    this(Duration.ofSeconds(10), Duration.ofSeconds(60));
  }

  /**
   * @param quick bound of a small call
   * @param upload bound of an upload
   */
  Transport(Duration quick, Duration upload) {
    this.quick = quick;
    this.upload = upload;
  }

  /** A status code with its body as text. */
  record Answer(int status, String body) {
    /** Describes an answer nobody expected, for an error message. */
    IOException unexpected(URI uri) {
      String reason = excerpt();
      return new IOException(uri + " answers " + status + (reason.isEmpty() ? "" : ": " + reason));
    }

    /** Returns the first line, at most 200 characters, without control characters. */
    String excerpt() {
      String first = body.strip().lines().findFirst().orElse("");
      return first.substring(0, Math.min(200, first.length())).replaceAll("\\p{Cntrl}", " ");
    }
  }

  /** Posts a text. */
  Answer post(URI uri, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build(),
        quick);
  }

  /** Posts bytes, compressed. */
  Answer upload(URI uri, byte[] body) throws IOException, InterruptedException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 2 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(body);
    }
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/octet-stream")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(compressed.toByteArray()))
            .build(),
        upload);
  }

  Answer get(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri).GET().build(), quick);
  }

  private Answer send(HttpRequest request, Duration most) throws IOException, InterruptedException {
    // the request's own timeout ends with the headers; a body that trickles needs this one
    CompletableFuture<HttpResponse<byte[]>> call =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER));
    try {
      HttpResponse<byte[]> response = call.get(most.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    } catch (ExecutionException e) {
      throw new IOException(
          request.uri() + " is not reachable or broke off: " + reason(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException(
          request.uri() + " took longer than " + most.toMillis() + " ms to answer", e);
    } finally {
      call.cancel(true);
    }
  }

  private static String reason(@org.jspecify.annotations.Nullable Throwable cause) {
    if (cause == null) {
      return "unknown";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

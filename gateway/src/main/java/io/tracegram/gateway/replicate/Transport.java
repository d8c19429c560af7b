package io.tracegram.gateway.replicate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

/** HTTP calls with bounded answers. Thread-safe; blocks, so it wants a virtual thread. */
final class Transport implements AutoCloseable {
  private static final int MAX_ANSWER = 1 << 20;
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration QUICK = Duration.ofSeconds(10);
  private static final Duration UPLOAD = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** A status code with its body as text. */
  record Answer(int status, String body) {
    /** Describes an answer nobody expected, for an error message. */
    IOException unexpected(URI uri) {
      String reason = body.strip();
      return new IOException(
          uri
              + " answers "
              + status
              + (reason.isEmpty()
                  ? ""
                  : ": " + reason.substring(0, Math.min(200, reason.length()))));
    }
  }

  /** Posts a text. */
  Answer post(URI uri, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri)
            .timeout(QUICK)
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build());
  }

  /** Posts bytes, compressed. */
  Answer upload(URI uri, byte[] body) throws IOException, InterruptedException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 2 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(body);
    }
    return send(
        HttpRequest.newBuilder(uri)
            .timeout(UPLOAD)
            .header("Content-Type", "application/octet-stream")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(compressed.toByteArray()))
            .build());
  }

  Answer get(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri).timeout(QUICK).GET().build());
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new IOException(request.uri() + " is not reachable: " + reason(e), e);
    }
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MAX_ANSWER + 1);
      if (bytes.length > MAX_ANSWER) {
        throw new IOException(request.uri() + " answers with more than 1 MiB");
      }
      return new Answer(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

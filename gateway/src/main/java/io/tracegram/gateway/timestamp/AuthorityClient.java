package io.tracegram.gateway.timestamp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks an authority over HTTP (RFC 3161 §3.4), with a bound on the answer's length and on the whole
 * exchange. Thread-safe; blocks.
 */
final class AuthorityClient implements AutoCloseable {
  private static final int MAX_ANSWER = 65_536;

  private final Duration patience;
  private final HttpClient client;

  /**
   * @param patience longest time from the request's start to the answer's last byte
   */
  AuthorityClient(Duration patience) {
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Returns the answer's body.
   *
   * @throws IOException if there is none in time, or it is too long; the message says which
   */
  byte[] ask(URI url, byte[] request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(url)
                .header("Content-Type", "application/timestamp-query")
                .header("Accept", "application/timestamp-reply")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                .build(),
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER));
    try {
      HttpResponse<byte[]> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException(url + " answers " + response.statusCode());
      }
      return response.body();
    } catch (TimeoutException e) {
      throw new IOException(url + " has not answered within " + patience.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new IOException(
          url + " gives no answer: " + reason(Objects.requireNonNullElse(e.getCause(), e)), e);
    } finally {
      answer.cancel(true);
    }
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

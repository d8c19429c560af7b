package io.tracegram.runtime.factor;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Gets one address, with a bound on the answer's length and on the whole exchange. Follows no
 * redirect, which could carry the token elsewhere. Single-threaded; blocks.
 */
final class IntensityClient implements AutoCloseable {
  /** Longest answer: a week of quarter-hours is a tenth of it. */
  static final int MAX_ANSWER = 4 << 20;

  private static final int MAX_TOKEN = 4_096;
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");

  private final Duration patience;
  private final HttpClient client;

  /**
   * @param patience longest time from the request's start to the answer's last byte
   */
  IntensityClient(Duration patience) {
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
   * @throws IOException if there is none in time, or it is too long; the message says which, and
   *     holds neither the token nor the query
   */
  byte[] get(IntensityAddress address) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request(address),
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER));
    try {
      HttpResponse<byte[]> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException(address.shown() + " answers " + response.statusCode());
      }
      return response.body();
    } catch (TimeoutException e) {
      throw new IOException(
          address.shown() + " has not answered within " + patience.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new IOException(
          address.shown()
              + " gives no answer: "
              + reason(Objects.requireNonNullElse(e.getCause(), e)),
          e);
    } finally {
      answer.cancel(true);
    }
  }

  private static HttpRequest request(IntensityAddress address) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.url()).GET();
    if (address.token().isPresent()) {
      IntensityAddress.Token token = address.token().get();
      String secret = secret(token);
      boolean bearer = token.header().equalsIgnoreCase("Authorization");
      request.header(token.header(), bearer ? "Bearer " + secret : secret);
    }
    return request.build();
  }

  private static String secret(IntensityAddress.Token token) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(token.file())) {
      bytes = in.readNBytes(MAX_TOKEN + 1);
    } catch (IOException e) {
      throw new IOException("the token file " + token.file() + " cannot be read", e);
    }
    String secret = new String(bytes, StandardCharsets.ISO_8859_1).strip();
    if (bytes.length > MAX_TOKEN || !TOKEN.matcher(secret).matches()) {
      throw new IOException(
          "the token file " + token.file() + " must hold one token of visible ASCII characters");
    }
    return secret;
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

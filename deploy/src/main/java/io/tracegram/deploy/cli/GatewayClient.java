package io.tracegram.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.runtime.web.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a running gateway's JSON interface. Thread-safe. */
final class GatewayClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final URI url;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  /** A status and what came with it. */
  record Answer(int status, JsonNode json) {
    /** Returns why something was refused. */
    String detail() {
      return json.path("detail").asText("no problem details");
    }
  }

  GatewayClient(URI url) {
    this.url = url;
  }

  URI url() {
    return url;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(url.resolve(path)).timeout(ANSWER);
  }

  /**
   * Asks.
   *
   * @throws IOException saying that nothing answers there, or no gateway
   */
  Answer ask(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), Json.parse(answer.body()));
    } catch (ConnectException e) {
      throw new IOException("no gateway answers at " + url, e);
    } catch (UncheckedIOException e) {
      throw new IOException(url + " is no gateway: it does not answer with JSON", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

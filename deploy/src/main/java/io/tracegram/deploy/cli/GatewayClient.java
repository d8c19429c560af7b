package io.tracegram.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.runtime.web.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

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

    /** Returns what else is wrong: the detail tells the first fault. */
    private List<String> otherFaults() {
      return json.path("errors")
          .valueStream()
          .skip(1)
          .map(fault -> fault.path("pointer").asText() + " " + fault.path("detail").asText())
          .toList();
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

  /**
   * Gives what becomes a leaf, and tells a person what became of it.
   *
   * @param what its name for that person
   * @return the exit code
   */
  int give(Path what, HttpRequest.Builder request, @Nullable CommandSpec spec) throws IOException {
    Answer answer = ask(request);
    boolean taken = answer.status() == 200 || answer.status() == 201;
    PrintWriter print = taken ? Console.out(spec) : Console.err(spec);
    if (taken) {
      print.printf(
          "%s: leaf %d%s%n",
          what,
          answer.json().path("leaf").asLong(),
          answer.status() == 200 ? ", which was there already" : "");
    } else {
      print.println(what + ": " + answer.detail());
      answer.otherFaults().forEach(fault -> print.println("  " + fault));
    }
    print.flush();
    return taken ? Tracegram.FINE : Tracegram.FINDINGS;
  }

  @Override
  public void close() {
    client.close();
  }
}

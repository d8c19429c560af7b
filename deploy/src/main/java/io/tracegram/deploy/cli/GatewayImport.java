package io.tracegram.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.runtime.web.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Sends a file of history to a running gateway, then waits for what comes of it. */
final class GatewayImport {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final long ASKED_EVERY_MILLIS = 300;

  private final URI gateway;
  private final PrintWriter talk;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  GatewayImport(URI gateway, PrintWriter talk) {
    this.gateway = gateway;
    this.talk = talk;
  }

  /**
   * Returns the result; empty if the file was refused, which was said.
   *
   * @param facility that the gateway must be of
   * @throws IOException if the gateway cannot be asked, or the import broke off
   */
  Optional<JsonNode> run(Path file, String facility, boolean skipBadRows, String person)
      throws IOException {
    String serves = ask(request("/api/v1/facility").GET(), 200).path("id").asText();
    if (!serves.equals(facility)) {
      throw new IOException(
          "%s is the gateway of %s, the plant is %s".formatted(gateway, serves, facility));
    }
    String id =
        ask(
                request(
                        "/api/v1/imports?onBadRow=%s&by=%s"
                            .formatted(
                                skipBadRows ? "skip" : "refuse",
                                URLEncoder.encode(person, StandardCharsets.UTF_8)))
                    .header("content-type", "text/csv")
                    .POST(HttpRequest.BodyPublishers.ofFile(file)),
                202)
            .path("id")
            .asText();
    Progress progress = new Progress(talk, "bytes imported");
    while (true) {
      JsonNode state = ask(request("/api/v1/imports/" + id).GET(), 200);
      switch (state.path("state").asText()) {
        case "done" -> {
          progress.done();
          notes(file, state);
          return Optional.of(state.path("result"));
        }
        case "refused" -> {
          notes(file, state);
          return Optional.empty();
        }
        case "failed" -> throw new IOException("the import broke off: " + note(state));
        case "importing" ->
            progress.reached(state.path("bytesDone").asLong(), state.path("bytes").asLong());
        default -> {
          // it is checked, or accounted
        }
      }
      pause();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(gateway.resolve(path)).timeout(ANSWER);
  }

  private JsonNode ask(HttpRequest.Builder request, int expected) throws IOException {
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != expected) {
        throw new IOException(
            "%s answered %d: %s".formatted(gateway, answer.statusCode(), detail(answer.body())));
      }
      return Json.parse(answer.body());
    } catch (ConnectException e) {
      throw new IOException("no gateway answers at " + gateway, e);
    } catch (UncheckedIOException e) {
      throw new IOException(gateway + " is no gateway: it does not answer with JSON", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String detail(String body) {
    try {
      return Json.parse(body).path("detail").asText();
    } catch (UncheckedIOException e) {
      return "no problem details";
    }
  }

  private void notes(Path file, JsonNode state) {
    state.path("notes").forEach(note -> talk.println(file + ": " + note.asText()));
    talk.flush();
  }

  private static String note(JsonNode state) {
    return state.path("notes").path(0).asText();
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(ASKED_EVERY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted; the gateway goes on with the import", e);
    }
  }
}

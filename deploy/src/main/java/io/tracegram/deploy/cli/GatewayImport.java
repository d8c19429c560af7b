package io.tracegram.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Sends a file of history to a running gateway, then waits for what comes of it. */
final class GatewayImport {
  private static final long ASKED_EVERY_MILLIS = 300;

  private final GatewayClient gateway;
  private final PrintWriter talk;

  GatewayImport(GatewayClient gateway, PrintWriter talk) {
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
          "%s is the gateway of %s, the plant is %s".formatted(gateway.url(), serves, facility));
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
    return gateway.request(path);
  }

  private JsonNode ask(HttpRequest.Builder request, int expected) throws IOException {
    GatewayClient.Answer answer = gateway.ask(request);
    if (answer.status() != expected) {
      throw new IOException(
          "%s answered %d: %s".formatted(gateway.url(), answer.status(), answer.detail()));
    }
    return answer.json();
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

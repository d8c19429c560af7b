package io.tracegram.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.runtime.web.Json;
import java.io.IOException;
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
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a supplier's declared footprint to a running gateway. */
@Command(
    name = "footprint",
    mixinStandardHelpOptions = true,
    description =
        "Gives a supplier's footprint (PACT v3 JSON) to a running gateway, which logs its bytes."
            + " What is in the log already is not logged again.")
final class FootprintCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "FILE.json|FILE.cose",
      description = "one footprint, as the supplier sent it; .cose if it signed it")
  private Path file = Path.of("");

  @Option(
      names = "--gateway",
      required = true,
      paramLabel = "URL",
      description = "a running gateway, such as http://127.0.0.1:8080")
  private @Nullable URI gateway;

  @Option(
      names = "--lot",
      paramLabel = "01/GTIN/10/LOT",
      description = "the one lot that it is for (default: every lot of its GTINs)")
  private String lot = "";

  @Override
  public Integer call() throws IOException {
    HttpResponse<String> answer = send();
    try {
      JsonNode json = Json.parse(answer.body());
      if (answer.statusCode() == 200 || answer.statusCode() == 201) {
        Console.out(spec)
            .printf(
                "%s: leaf %d%s%n",
                file,
                json.path("leaf").asLong(),
                answer.statusCode() == 200 ? ", which was there already" : "");
        Console.out(spec).flush();
        return Tracegram.FINE;
      }
      Console.err(spec).println(file + ": " + json.path("detail").asText());
      json.path("errors")
          .forEach(
              fault ->
                  Console.err(spec)
                      .println(
                          "  %s %s"
                              .formatted(
                                  fault.path("pointer").asText(), fault.path("detail").asText())));
      Console.err(spec).flush();
      return Tracegram.FINDINGS;
    } catch (UncheckedIOException e) {
      throw new IOException(gateway + " is no gateway: it does not answer with JSON", e);
    }
  }

  private HttpResponse<String> send() throws IOException {
    String query = lot.isEmpty() ? "" : "?lot=" + URLEncoder.encode(lot, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(
                Objects.requireNonNull(gateway).resolve("/api/v1/footprints" + query))
            .timeout(PATIENCE)
            .header(
                "content-type",
                file.toString().endsWith(".cose") ? "application/cose" : "application/json")
            .POST(HttpRequest.BodyPublishers.ofFile(file))
            .build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new IOException("no gateway answers at " + gateway, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}

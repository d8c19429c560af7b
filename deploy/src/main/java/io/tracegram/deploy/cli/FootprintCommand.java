package io.tracegram.deploy.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    String query = lot.isEmpty() ? "" : "?lot=" + URLEncoder.encode(lot, StandardCharsets.UTF_8);
    try (GatewayClient client = new GatewayClient(Objects.requireNonNull(gateway))) {
      return client.give(
          file,
          client
              .request("/api/v1/footprints" + query)
              .header(
                  "content-type",
                  file.toString().endsWith(".cose") ? "application/cose" : "application/json")
              .POST(HttpRequest.BodyPublishers.ofFile(file)),
          spec);
    }
  }
}

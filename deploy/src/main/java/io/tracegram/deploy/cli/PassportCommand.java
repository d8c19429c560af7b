package io.tracegram.deploy.cli;

import io.tracegram.deploy.verify.Receipt;
import io.tracegram.runtime.web.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives the passport of a received lot to a running gateway. */
@Command(
    name = "passport",
    mixinStandardHelpOptions = true,
    description =
        "Gives the passport that came with a received lot to a running gateway: the receipt of the"
            + " lot's account, as its maker wrote it by 'prove --lot'.")
final class PassportCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "RECEIPT", description = "RECEIPT.leaf and RECEIPT.tlog-proof")
  private Path file = Path.of("");

  @Option(
      names = "--gateway",
      required = true,
      paramLabel = "URL",
      description = "the receiver's running gateway, such as http://127.0.0.1:8080")
  private @Nullable URI gateway;

  @Override
  public Integer call() throws IOException {
    Receipt receipt = Receipt.read(file);
    String passport =
        Json.object()
            .put("leaf", Base64.getEncoder().encodeToString(receipt.leaf().bytes()))
            .put("proof", receipt.proof().format())
            .toString();
    try (GatewayClient client = new GatewayClient(Objects.requireNonNull(gateway))) {
      return client.give(
          file,
          client
              .request("/api/v1/passports")
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(passport)),
          spec);
    }
  }
}

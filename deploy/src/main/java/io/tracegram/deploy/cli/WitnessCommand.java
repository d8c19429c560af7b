package io.tracegram.deploy.cli;

import io.tracegram.deploy.witness.Witness;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.runtime.config.VerifierSource;
import io.tracegram.runtime.config.WitnessFile;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a witness until it is told to stop. */
@Command(
    name = "witness",
    mixinStandardHelpOptions = true,
    description =
        "Runs an independent witness: it cosigns only what extends what it cosigned before.")
final class WitnessCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "witness.yaml")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    LongRunning running = new LongRunning();
    WitnessFile config = WitnessFile.load(file).orThrow();
    List<NoteKey> logs = new ArrayList<>();
    for (VerifierSource log : config.logs()) {
      logs.add(log.load());
    }
    Vertx vertx = Vertx.vertx();
    Witness witness =
        new Witness(
            vertx,
            new Witness.Configuration(
                config.name(), config.data(), config.http().host(), config.http().port(), logs),
            new SecureRandom(),
            Clock.systemUTC());
    return running.run(
        () -> {
          witness.close();
          vertx.close().toCompletionStage().toCompletableFuture().join();
        });
  }
}

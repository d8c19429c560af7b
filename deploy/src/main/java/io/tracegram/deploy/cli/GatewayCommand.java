package io.tracegram.deploy.cli;

import io.tracegram.gateway.GatewayProgram;
import io.tracegram.runtime.config.GatewayFile;
import io.tracegram.runtime.config.ProfileCatalog;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a facility's gateway until it is told to stop. */
@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    description = "Runs a facility's gateway as FILE describes it.")
final class GatewayCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "gateway.yaml")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    LongRunning running = new LongRunning();
    GatewayProgram gateway =
        GatewayProgram.open(
            GatewayFile.load(file, ProfileCatalog.bundled()).orThrow(),
            Clock.systemUTC(),
            new SecureRandom(),
            running::end);
    gateway.start();
    return running.run(gateway::stop);
  }
}

package io.tracegram.deploy.cli;

import io.tracegram.cloud.CloudProgram;
import io.tracegram.runtime.config.CloudFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the central service until it is told to stop. */
@Command(
    name = "cloud",
    mixinStandardHelpOptions = true,
    description = "Runs the central service: mirrors, audits, declares.")
final class CloudCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "cloud.yaml")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    LongRunning running = new LongRunning();
    CloudProgram cloud =
        CloudProgram.open(CloudFile.load(file).orThrow(), Clock.systemUTC(), new SecureRandom());
    cloud.start();
    return running.run(cloud::stop);
  }
}

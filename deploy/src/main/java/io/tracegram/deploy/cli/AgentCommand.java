package io.tracegram.deploy.cli;

import io.tracegram.edge.EdgeAgent;
import io.tracegram.runtime.config.AgentFile;
import io.tracegram.runtime.config.ProfileCatalog;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs an edge agent until it is told to stop. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    description = "Runs an edge agent: reads devices, signs, keeps and publishes.")
final class AgentCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "agent.yaml")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    LongRunning running = new LongRunning();
    EdgeAgent agent =
        new EdgeAgent(
            AgentFile.load(file, ProfileCatalog.bundled()).orThrow(),
            InstantSource.system(),
            new SecureRandom());
    agent.start();
    agent.failure().whenComplete((nothing, failure) -> running.end(Tracegram.FINDINGS));
    return running.run(agent::stop);
  }
}

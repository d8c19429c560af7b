package io.tracegram.deploy.cli;

import io.tracegram.deploy.simulator.Simulator;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.config.SimulationFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs simulated plants until their time ends or the program is told to stop. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = "Runs simulated devices on real sockets, and the plant time they live in.")
final class SimulateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "simulate.yaml")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    LongRunning running = new LongRunning();
    Simulator simulator =
        new Simulator(
            SimulationFile.load(file, ProfileCatalog.bundled()).orThrow(),
            System::nanoTime,
            System.err);
    simulator.start();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                simulator.awaitEnd();
                running.end(Tracegram.FINE);
              } catch (IllegalStateException e) {
                System.err.println(e.getMessage() + ": " + e.getCause());
                running.end(Tracegram.FINDINGS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    return running.run(simulator::stop);
  }
}

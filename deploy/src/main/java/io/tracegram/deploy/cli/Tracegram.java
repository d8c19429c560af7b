package io.tracegram.deploy.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code tracegram} program. */
@Command(
    name = "tracegram",
    mixinStandardHelpOptions = true,
    version = "Tracegram 0.1",
    description = "Every gram has a receipt: measured, signed and provable CO2e for material lots.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      AgentCommand.class,
      GatewayCommand.class,
      CloudCommand.class,
      WitnessCommand.class,
      SimulateCommand.class,
      InitCommand.class,
      CheckCommand.class,
      ProbeCommand.class,
      DoctorCommand.class,
      ImportCommand.class,
      FootprintCommand.class,
      PassportCommand.class,
      ClaimCommand.class,
      ExportCommand.class,
      VerifyCommand.class,
      ProveCommand.class,
      BenchCommand.class
    })
public final class Tracegram {
  static final int FINE = 0;
  static final int FINDINGS = 1;
  static final int WRONG_USAGE = 2;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Tracegram())
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              command.getErr().println(ConfigurationFailure.message(exception));
              return WRONG_USAGE;
            });
  }
}

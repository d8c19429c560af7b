package io.tracegram.deploy.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The machine itself: its clock and its Java. */
final class MachineChecks {
  private static final int JDK = 25;

  private final Clock clock;

  MachineChecks(Clock clock) {
    this.clock = clock;
  }

  List<Check> all() {
    return List.of(
        new Check("clock", this::clock),
        new Check("clock synchronisation", MachineChecks::synchronisation),
        new Check("JDK", MachineChecks::jdk));
  }

  private Finding clock() {
    Instant now = clock.instant();
    // a clock without a battery begins in 1970 or at its firmware's date, before this Java was made
    Instant made =
        LocalDate.parse(System.getProperty("java.version.date"))
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
    return now.isBefore(made)
        ? Finding.bad(
            "clock",
            "it says " + now + ", before this Java was made",
            "set it: readings get this time")
        : Finding.fine("clock", now.toString());
  }

  private static Finding synchronisation() {
    String name = "clock synchronisation";
    Optional<Boolean> synchronised =
        said("timedatectl", "show", "-p", "NTPSynchronized", "--value")
            .filter(text -> text.equals("yes") || text.equals("no"))
            .map("yes"::equals)
            .or(() -> said("chronyc", "-n", "tracking").map(text -> text.contains(": Normal")));
    if (synchronised.isEmpty()) {
      return Finding.warning(
          name,
          "neither timedatectl nor chronyc tells whether the clock is synchronised",
          "see that something sets the clock, such as chrony");
    }
    return synchronised.get()
        ? Finding.fine(name, "synchronised")
        : Finding.warning(
            name,
            "the clock is not synchronised",
            "run timedatectl set-ntp true, and let it reach its time servers");
  }

  /** Returns what a program prints if it ends well, within 3 s. */
  private static Optional<String> said(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0
          ? Optional.of(
              new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Finding jdk() {
    Runtime.Version version = Runtime.version();
    return version.feature() >= JDK
        ? Finding.fine("JDK", version.toString())
        : Finding.bad("JDK", version.toString(), "install JDK " + JDK);
  }
}

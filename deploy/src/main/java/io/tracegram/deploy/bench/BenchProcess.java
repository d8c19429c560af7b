package io.tracegram.deploy.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** A program under measurement, in a process of its own on this class path. Stateless. */
final class BenchProcess {
  private BenchProcess() {}

  static Process launch(Class<?> program, String heap, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xms256m",
            "-Xmx" + heap,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.configurationFile=io/tracegram/deploy/bench/logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName());
    for (String argument : arguments) {
      builder.command().add(argument);
    }
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Returns the next line that begins so; others are skipped. */
  static String expect(BufferedReader said, String start) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
    }
    throw new IOException("the program ended without saying " + start.strip() + "; see above");
  }
}

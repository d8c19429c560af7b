package io.tracegram.deploy.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One program of the demonstration in a process of its own, started again if it dies unasked.
 * Thread-safe.
 */
final class Child {
  private static final Duration RESTART_AFTER = Duration.ofMillis(500);

  private final String name;
  private final List<String> command;
  private final Path log;
  private final Consumer<String> talk;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private boolean stopping;
  private Process process;

  /**
   * Starts the program.
   *
   * @param arguments of {@code tracegram}
   * @param log takes its output, appended
   * @param endsByItself an exit with 0 is its end and not a fault
   */
  Child(
      String name,
      List<String> javaOptions,
      List<String> arguments,
      Path log,
      boolean endsByItself,
      Consumer<String> talk)
      throws IOException {
    this.name = name;
    this.command = command(javaOptions, arguments);
    this.log = log;
    this.talk = talk;
    Files.createDirectories(log.getParent());
    this.process = launch();
    Thread.ofVirtual().name("watch-" + name).start(() -> watch(endsByItself));
  }

  /** Completes with the exit code once the program has ended for good. */
  CompletableFuture<Integer> ended() {
    return ended;
  }

  synchronized long pid() {
    return process.pid();
  }

  /** Asks the program to stop (SIGTERM) and waits; after the bound it is killed. */
  void stop(Duration bound) {
    Process current;
    synchronized (this) {
      stopping = true;
      current = process;
    }
    current.destroy();
    try {
      if (!current.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        talk.accept(name + " did not stop within " + bound.toSeconds() + " s and was killed");
        current.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      current.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void watch(boolean endsByItself) {
    try {
      while (true) {
        int code = current().waitFor();
        synchronized (this) {
          if (stopping || (endsByItself && code == 0)) {
            ended.complete(code);
            return;
          }
        }
        talk.accept(
            "%s (process %d) ended with %d; starting it again, its output is in %s"
                .formatted(name, current().pid(), code, log));
        TimeUnit.MILLISECONDS.sleep(RESTART_AFTER.toMillis());
        synchronized (this) {
          if (stopping) {
            ended.complete(code);
            return;
          }
          process = launch();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended.completeExceptionally(e);
    } catch (IOException e) {
      ended.completeExceptionally(e);
    }
  }

  private synchronized Process current() {
    return process;
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private static List<String> command(List<String> javaOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    // Ctrl-C reaches the whole process group: only the demonstration itself is to hear it
    command.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\""));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.tracegram.deploy.cli.Tracegram"));
    command.addAll(arguments);
    return command;
  }
}

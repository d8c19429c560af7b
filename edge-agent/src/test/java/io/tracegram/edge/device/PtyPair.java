package io.tracegram.edge.device;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Two serial ports with a cable between them, made by socat. */
final class PtyPair implements AutoCloseable {
  private final Process socat;
  private final Path ours;
  private final Path theirs;

  PtyPair(Path directory) throws IOException {
    ours = directory.resolve("ours");
    theirs = directory.resolve("theirs");
    socat =
        new ProcessBuilder("socat", "pty,raw,echo=0,link=" + ours, "pty,raw,echo=0,link=" + theirs)
            .inheritIO()
            .start();
    await().until(() -> Files.exists(ours) && Files.exists(theirs));
  }

  String ours() {
    return ours.toString();
  }

  Path theirs() {
    return theirs;
  }

  @Override
  public void close() {
    socat.destroy();
    try {
      socat.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

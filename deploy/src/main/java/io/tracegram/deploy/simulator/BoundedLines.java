package io.tracegram.deploy.simulator;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads lines ended by LF or CR LF, none longer than a limit. Single-threaded. */
final class BoundedLines {
  private final InputStream in;
  private final int maxBytes;

  BoundedLines(InputStream in, int maxBytes) {
    this.in = new BufferedInputStream(in);
    this.maxBytes = maxBytes;
  }

  /**
   * Returns the next line without its end, empty at the end of the stream.
   *
   * @throws IOException if a line is too long or is not printable ASCII
   */
  Optional<String> next() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c < 0) {
        return Optional.empty();
      }
      if (c == '\n') {
        return Optional.of(line.toString());
      }
      if (c == '\r') {
        continue;
      }
      if (c < ' ' || c > '~' || line.length() >= maxBytes) {
        throw new IOException("not a line of text");
      }
      line.append((char) c);
    }
  }
}

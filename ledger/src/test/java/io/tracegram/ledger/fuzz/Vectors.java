package io.tracegram.ledger.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Vectors of other implementations and of specifications, by their path under {@code vectors}. */
public final class Vectors {
  private Vectors() {}

  public static byte[] bytes(String path) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + path)) {
      if (in == null) {
        throw new IllegalArgumentException("no vector " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String path) {
    return new String(bytes(path), StandardCharsets.UTF_8);
  }

  /** Returns the lines that are neither empty nor a comment. */
  public static List<String> lines(String path) {
    return text(path).lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
  }
}

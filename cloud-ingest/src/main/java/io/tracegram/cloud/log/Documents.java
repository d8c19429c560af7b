package io.tracegram.cloud.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.runtime.log.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Published documents, each in a file named by its SHA-256. Thread-safe for different documents.
 */
final class Documents {
  private final Path directory;

  Documents(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory);
  }

  /** Returns when the document is on disk. */
  void keep(Hash hash, byte[] document) throws IOException {
    Path file = file(hash);
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), document)) {
      Directories.replaceDurably(file, document);
    }
  }

  /**
   * Returns the document; empty if there is none.
   *
   * @throws IOException if it cannot be read, or is not what it was; the message names the file
   */
  Optional<byte[]> read(Hash hash) throws IOException {
    Path file = file(hash);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    byte[] document = Files.readAllBytes(file);
    if (!Hash.sha256(document).equals(hash)) {
      throw new IOException(file + " was changed since it was published: restore it from a backup");
    }
    return Optional.of(document);
  }

  private Path file(Hash hash) {
    return directory.resolve(hash.hex());
  }
}

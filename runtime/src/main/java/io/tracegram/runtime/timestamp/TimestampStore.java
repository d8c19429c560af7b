package io.tracegram.runtime.timestamp;

import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.runtime.cosign.NoteFile;
import io.tracegram.runtime.log.Directories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps checkpoints and the tokens over them beside a log, with {@code timestamps/index} naming
 * each token's path in a line. What a method was given is on disk when it returns. Thread-safe; one
 * process owns the directory.
 */
public final class TimestampStore {
  private static final String INDEX = "index";

  private final Path logDirectory;
  private final Path directory;

  /**
   * Creates the directory if it is not there, and its index anew.
   *
   * @param logDirectory that holds {@code checkpoint} and {@code tile/}
   */
  public TimestampStore(Path logDirectory) throws IOException {
    this.logDirectory = logDirectory;
    this.directory = logDirectory.resolve(StoredTimestamps.DIRECTORY);
    Files.createDirectories(directory);
    Directories.force(logDirectory);
    writeIndex();
  }

  /** Keeps a checkpoint that is to be stamped, in place of one of the same text. */
  public synchronized void keep(SignedNote checkpoint) throws IOException {
    long size = Checkpoint.parse(checkpoint.text()).size();
    new NoteFile(sized(size).resolve("checkpoint")).replace(checkpoint);
  }

  /** Returns a checkpoint that was kept. */
  public Optional<SignedNote> checkpoint(long size) throws IOException {
    return new NoteFile(sized(size).resolve("checkpoint")).read();
  }

  public boolean has(long size, String authority) {
    return Files.exists(file(size, authority));
  }

  /** Keeps a response over the checkpoint that was kept before. */
  public synchronized void put(long size, String authority, byte[] response) throws IOException {
    Directories.replaceDurably(file(size, authority), response);
    writeIndex();
  }

  /** Returns what is stored now. */
  public StoredTimestamps read() throws IOException {
    return StoredTimestamps.read(logDirectory);
  }

  private void writeIndex() throws IOException {
    StringBuilder index = new StringBuilder();
    for (StoredTimestamps.Stamped stamped : read().checkpoints()) {
      for (String authority : stamped.responses().keySet()) {
        index.append(stamped.size()).append('/').append(authority);
        index.append(StoredTimestamps.RESPONSE).append('\n');
      }
    }
    byte[] bytes = index.toString().getBytes(StandardCharsets.US_ASCII);
    Directories.replaceDurably(directory.resolve(INDEX), bytes);
  }

  private Path sized(long size) {
    return directory.resolve(Long.toString(size));
  }

  private Path file(long size, String authority) {
    if (!TimestampAuthority.isName(authority)) {
      throw new IllegalArgumentException("not the name of an authority: " + authority);
    }
    return sized(size).resolve(authority + StoredTimestamps.RESPONSE);
  }
}

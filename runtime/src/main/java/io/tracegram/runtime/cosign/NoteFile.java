package io.tracegram.runtime.cosign;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.SignedNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file that holds the newest note of its kind. Single-threaded. */
public final class NoteFile {
  private static final int MAX_LENGTH = 262_144;

  private final Path file;
  private final Path directory;

  /** Names the file; its directory is created when the first note is stored. */
  public NoteFile(Path file) {
    this.file = file.toAbsolutePath();
    this.directory = java.util.Objects.requireNonNull(this.file.getParent());
  }

  /**
   * Reads the note.
   *
   * @return empty if none was stored yet
   * @throws IOException if there is a file that holds none; the message says what to do
   */
  public Optional<SignedNote> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (Files.size(file) > MAX_LENGTH) {
      throw damaged("too long");
    }
    try {
      return Optional.of(SignedNote.parse(Files.readString(file)));
    } catch (MalformedException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  /** Replaces the note. When this returns, it is on disk; a power cut leaves the old or the new. */
  public void replace(SignedNote note) throws IOException {
    Files.createDirectories(directory);
    Path temporary = directory.resolve(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(note.format().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    force(directory);
    Path parent = directory.getParent();
    if (parent != null) {
      force(parent);
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private IOException damaged(String why) {
    return new IOException(
        file
            + " holds no signed note ("
            + why
            + "): restore it from a backup; do not delete it, or a rollback would go unnoticed");
  }
}

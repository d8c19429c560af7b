package io.tracegram.runtime.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest state of a fold over a log, in one file, for the program that wrote it.
 *
 * <p>Whatever does not fit (another program, another history, a damaged file) is as good as no
 * file: the fold then starts at the first leaf. Single-threaded.
 */
public final class SnapshotFile {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFile.class);
  private static final String FORMAT = "tracegram snapshot 1";

  /** A smaller log is replayed as quickly as a snapshot is read. */
  private static final long LEAST_LEAVES = 65_536;

  /** One in so many leaves is replayed at start; the cost per leaf stays the same as logs grow. */
  private static final long SHARE = 128;

  private final Path file;
  private final Hash program;
  private long stored;

  /** The log that a state stands on. */
  public interface History {
    long size();

    Hash root(long size);
  }

  /**
   * A state.
   *
   * @param size leaves that it stands on
   * @param state bytes that only the fold understands
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record Snapshot(long size, byte[] state) {}

  /**
   * Names the file, which need not exist.
   *
   * @param program identity of the code that the state depends on, see {@link ProgramIdentity}
   */
  public SnapshotFile(Path file, Hash program) {
    this.file = file;
    this.program = program;
  }

  /** Reads the snapshot if it is one of this program and of this very log. */
  public Optional<Snapshot> load(History log) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Optional<Snapshot> snapshot;
    try {
      snapshot = parse(Files.readAllBytes(file), log);
    } catch (MalformedException | IllegalArgumentException e) {
      LOG.warn("event=snapshot.unreadable file={} reason=\"{}\"", file, e.getMessage());
      return Optional.empty();
    }
    snapshot.ifPresentOrElse(
        found -> stored = found.size,
        () -> LOG.info("event=snapshot.unfit file={} action=\"replaying the log\"", file));
    return snapshot;
  }

  private Optional<Snapshot> parse(byte[] content, History log) {
    int end = content.length - Hash.LENGTH;
    if (end < 0
        || !Hash.sha256(Arrays.copyOf(content, end))
            .equals(Hash.of(Arrays.copyOfRange(content, end, content.length)))) {
      throw new MalformedException("its hash is not that of its content");
    }
    CborReader in = new CborReader(Arrays.copyOf(content, end));
    in.arrayOf(5);
    if (!in.text(64).equals(FORMAT) || !Hash.of(in.bytes(Hash.LENGTH)).equals(program)) {
      return Optional.empty();
    }
    long size = in.integer(0, Long.MAX_VALUE);
    Hash root = Hash.of(in.bytes(Hash.LENGTH));
    if (size > log.size() || !log.root(size).equals(root)) {
      return Optional.empty();
    }
    Snapshot snapshot = new Snapshot(size, in.bytes(Integer.MAX_VALUE));
    in.end();
    return Optional.of(snapshot);
  }

  /** Says whether a log of this size has grown so much that it is worth a new snapshot. */
  public boolean isDue(long size) {
    return size - stored >= Math.max(LEAST_LEAVES, size / SHARE);
  }

  /**
   * Replaces the snapshot; on return the new one is on disk, or the old one still is, with a
   * warning: nothing rests on it but the time that the next start takes.
   */
  public void store(History log, Snapshot snapshot) {
    stored = snapshot.size;
    try {
      write(log, snapshot);
    } catch (IOException e) {
      LOG.warn("event=snapshot.not-stored file={}", file, e);
    }
  }

  private void write(History log, Snapshot snapshot) throws IOException {
    byte[] content =
        new CborWriter()
            .array(5)
            .text(FORMAT)
            .bytes(program.bytes())
            .integer(snapshot.size)
            .bytes(log.root(snapshot.size).bytes())
            .bytes(snapshot.state)
            .toByteArray();
    byte[] sealed = Arrays.copyOf(content, content.length + Hash.LENGTH);
    System.arraycopy(Hash.sha256(content).bytes(), 0, sealed, content.length, Hash.LENGTH);
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Directories.replaceDurably(file, sealed);
  }
}

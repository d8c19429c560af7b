package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A gateway's or the cloud's data directory, an exported evidence directory, or any directory that
 * holds {@code checkpoint} and {@code tile/}. Immutable.
 */
public final class DirectorySource implements LogSource {
  private static final int MOST_TIMESTAMPS = 100_000;

  private final Path directory;
  private final Path log;

  public DirectorySource(Path directory) {
    this.directory = directory;
    this.log = Files.exists(directory.resolve("log")) ? directory.resolve("log") : directory;
  }

  /** Returns where the verifier of a log's own signatures lies, by its type. */
  static String keyFile(NoteKey.Type type) {
    return switch (type) {
      case LOG -> "keys/checkpoint.vkey";
      case ML_DSA_44 -> "keys/checkpoint-mldsa44.vkey";
      case COSIGNER -> throw new IllegalArgumentException("a cosigner's key is no key of the log");
    };
  }

  @Override
  public String checkpoint() throws IOException {
    Optional<String> text = text(log.resolve("checkpoint"));
    if (text.isPresent()) {
      return text.get();
    }
    if (EvidenceFiles.isEvidence(directory)) {
      throw new MalformedException("the checkpoint is missing");
    }
    throw new IOException(
        "no log at "
            + directory
            + ": expected "
            + log.resolve("checkpoint")
            + "; name a gateway's data directory, or one that tracegram export made");
  }

  @Override
  public Optional<byte[]> tile(TilePath path) throws IOException {
    return bytes(log.resolve(path.toString()), TileLimits.bytes(path));
  }

  @Override
  public Optional<String> ownVkey() throws IOException {
    return text(directory.resolve(keyFile(NoteKey.Type.LOG))).map(String::strip);
  }

  @Override
  public Optional<String> ownQuantumSafeVkey() throws IOException {
    return text(directory.resolve(keyFile(NoteKey.Type.ML_DSA_44))).map(String::strip);
  }

  @Override
  public Optional<PublicKey> ownGatewayKey() throws IOException {
    Optional<String> text = text(directory.resolve("keys/gateway.pub"));
    if (text.isEmpty()) {
      text = text(directory.resolve("keys/cloud.pub"));
    }
    return text.isPresent()
        ? Optional.of(KeyFiles.parsePublic(text.get().strip()))
        : Optional.empty();
  }

  @Override
  public Optional<String> ownPolicy() throws IOException {
    return text(directory.resolve("policy"));
  }

  @Override
  public Map<String, byte[]> timestamps(long size) throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    Path root = log.resolve("timestamps");
    if (Files.isDirectory(root)) {
      try (var files = Files.walk(root, 2)) {
        for (Path file : files.limit(MOST_TIMESTAMPS).toList()) {
          Path name = root.relativize(file);
          if (name.getNameCount() == 2
              && name.getName(0).toString().matches("[1-9][0-9]{0,17}")
              && Long.parseLong(name.getName(0).toString()) <= size) {
            Optional<byte[]> bytes = bytes(file, TileLimits.TEXT_BYTES);
            bytes.ifPresent(content -> found.put(name.toString(), content));
          }
        }
      }
    }
    return found;
  }

  @Override
  public FilesReport files(long size) {
    if (isLive()) {
      // a running or killed gateway leaves tiles of the sizes before and after
      return new FilesReport(
          List.of(),
          List.of("files that belong to no tile were not looked for: a log is kept here"));
    }
    return EvidenceFiles.isEvidence(directory)
        ? new EvidenceFiles(directory).check(size)
        : new TileFiles(log).foreign(size);
  }

  @Override
  public boolean isLive() {
    return Files.isDirectory(log.resolve("segments"));
  }

  @Override
  public String name() {
    return directory.toString();
  }

  /**
   * Reads a file, empty if there is none. Attacker: one too large to read, or a pipe that never
   * ends.
   *
   * @throws MalformedException if it is longer than {@code most}, or no file
   */
  static Optional<byte[]> bytes(Path file, int most) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      throw new MalformedException("is not a regular file");
    }
    if (Files.size(file) > most) {
      throw new MalformedException(
          "of %d bytes is longer than it can be".formatted(Files.size(file)));
    }
    return Optional.of(Files.readAllBytes(file));
  }

  private static Optional<String> text(Path file) throws IOException {
    try {
      return bytes(file, TileLimits.TEXT_BYTES).isPresent()
          ? Optional.of(Files.readString(file))
          : Optional.empty();
    } catch (CharacterCodingException e) {
      throw new MalformedException(file.getFileName() + " is not UTF-8 text");
    }
  }
}

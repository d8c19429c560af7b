package io.tracegram.deploy.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a directory beside its place and moves it there when it is whole, so that an export that
 * was killed leaves nothing that looks like one. Single-threaded.
 */
final class EvidenceWriter {
  private static final String UNFINISHED = "UNFINISHED";

  private final Path directory;
  private final Path part;
  private long files;
  private long bytes;

  private EvidenceWriter(Path directory, Path part) {
    this.directory = directory;
    this.part = part;
  }

  /**
   * Begins a directory; what an earlier export left unfinished is removed.
   *
   * @throws IOException if something is there already
   */
  static EvidenceWriter begin(Path directory) throws IOException {
    Path target = directory.toAbsolutePath().normalize();
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !isEmptyDirectory(target)) {
      throw new IOException(directory + " exists and is not empty: name another directory");
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    if (Files.exists(part.resolve(UNFINISHED))) {
      delete(part);
    }
    if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(part + " is in the way: move it elsewhere");
    }
    Files.createDirectories(part);
    Files.writeString(
        part.resolve(UNFINISHED), "An export was stopped here; export again or remove this.\n");
    return new EvidenceWriter(target, part);
  }

  void write(String name, byte[] content) throws IOException {
    Path file = part.resolve(name);
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    files++;
    bytes += content.length;
  }

  /** Puts the directory in its place. */
  void finish() throws IOException {
    Files.delete(part.resolve(UNFINISHED));
    Files.deleteIfExists(directory);
    Files.move(part, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  long files() {
    return files;
  }

  long bytes() {
    return bytes;
  }

  private static boolean isEmptyDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(directory)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    // the mark goes last but for the directory itself: what is left is still known as unfinished
    for (Path file : all) {
      if (!file.equals(directory) && !file.equals(directory.resolve(UNFINISHED))) {
        Files.delete(file);
      }
    }
    Files.delete(directory.resolve(UNFINISHED));
    Files.delete(directory);
  }
}

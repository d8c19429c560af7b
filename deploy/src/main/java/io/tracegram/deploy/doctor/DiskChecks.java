package io.tracegram.deploy.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A data directory: whether it keeps what is written to it, and its secrets to itself. */
final class DiskChecks {
  private static final long LEAST_BYTES = 100_000_000;

  /** An outbox may grow to so much, and a log goes on growing. */
  private static final long ENOUGH_BYTES = 2_000_000_000;

  private static final Set<String> VOLATILE = Set.of("tmpfs", "ramfs");

  private final Path data;

  /**
   * @param data need not exist yet: then the directory where it will be is examined
   */
  DiskChecks(Path data) {
    this.data = data;
  }

  List<Check> all() {
    return List.of(
        new Check(name("disk of"), this::space),
        new Check(name("writing to"), this::writing),
        new Check(name("keys in"), this::keys));
  }

  private String name(String what) {
    return what + " " + data;
  }

  private Path existing() {
    Path existing = data.toAbsolutePath().normalize();
    while (!Files.isDirectory(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  private Finding space() throws IOException {
    String name = name("disk of");
    long free = Files.getFileStore(existing()).getUsableSpace();
    String found = free / 1_000_000 + " MB free on " + Files.getFileStore(existing()).type();
    if (VOLATILE.contains(Files.getFileStore(existing()).type())) {
      return Finding.bad(
          name, found + ", which a power failure empties", "put 'data' on a disk that keeps it");
    }
    if (free < LEAST_BYTES) {
      return Finding.bad(name, found, "make room: nothing is acknowledged that is not on disk");
    }
    return free < ENOUGH_BYTES
        ? Finding.warning(name, found, "make room soon: an outbox alone may take 1 GB")
        : Finding.fine(name, found);
  }

  private Finding writing() {
    String name = name("writing to");
    Path directory = existing();
    try {
      Path file = Files.createTempFile(directory, ".tracegram-doctor-", ".tmp");
      long begun = System.nanoTime();
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.allocate(512));
        channel.force(true);
      } finally {
        Files.delete(file);
      }
      long millis = (System.nanoTime() - begun) / 1_000_000;
      return Finding.fine(
          name,
          "fsync in " + millis + " ms" + (Files.isDirectory(data) ? "" : ", it will be made"));
    } catch (IOException e) {
      return Finding.bad(
          name,
          "cannot write and sync a file in " + directory + " (" + e + ")",
          "give the directory to the user that runs the program, and look at the disk");
    }
  }

  private Finding keys() throws IOException {
    String name = name("keys in");
    Path keys = data.resolve("keys");
    if (!Files.isDirectory(keys)) {
      return Finding.fine(name, "none yet: they are made at the first start");
    }
    List<Path> secrets;
    try (Stream<Path> files = Files.list(keys)) {
      secrets = files.filter(file -> file.toString().endsWith(".key")).sorted().toList();
    }
    for (Path secret : secrets) {
      Set<PosixFilePermission> open = EnumSet.copyOf(Files.getPosixFilePermissions(secret));
      open.removeAll(PosixFilePermissions.fromString("rw-------"));
      if (!open.isEmpty()) {
        return Finding.bad(
            name, secret + " is open to others than its owner", "run chmod 600 " + secret);
      }
      if (!Files.isReadable(secret)) {
        return Finding.bad(name, secret + " cannot be read", "run as the user whose file it is");
      }
    }
    return Finding.fine(name, secrets.size() + ", open to their owner only");
  }
}

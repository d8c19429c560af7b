package io.tracegram.runtime.log;

import io.tracegram.ledger.evidence.Hash;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** Tells whether two runs are of the same code: the hash of the classes themselves. Stateless. */
public final class ProgramIdentity {
  private ProgramIdentity() {}

  /** Returns the hash of the jars or class directories that hold these classes. */
  public static Hash of(Class<?>... classes) throws IOException {
    MessageDigest digest = Hash.newSha256();
    for (Class<?> type : classes) {
      CodeSource source = type.getProtectionDomain().getCodeSource();
      if (source == null) {
        throw new IOException("it is not known where " + type + " was loaded from");
      }
      try {
        add(digest, Path.of(source.getLocation().toURI()));
      } catch (URISyntaxException e) {
        throw new IOException(type + " was loaded from " + source.getLocation(), e);
      }
    }
    return Hash.of(digest.digest());
  }

  private static void add(MessageDigest digest, Path code) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(code)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      digest.update(Hash.sha256(Files.readAllBytes(file)).bytes());
    }
  }
}

package io.tracegram.deploy.cli;

import io.tracegram.deploy.verify.DirectorySource;
import io.tracegram.deploy.verify.HttpSource;
import io.tracegram.deploy.verify.LogSource;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a command reads a log from, and whom it trusts. */
final class Sources {
  private Sources() {}

  /** Opens a directory, or an address that begins with http. */
  static LogSource open(String source) {
    return source.startsWith("http://") || source.startsWith("https://")
        ? new HttpSource(URI.create(source))
        : new DirectorySource(Path.of(source));
  }

  /** Returns the text of a policy file that was named, checked for its form. */
  static Optional<String> policyText(@Nullable Path file) throws IOException {
    if (file == null) {
      return Optional.empty();
    }
    String text = Files.readString(file);
    try {
      TlogPolicy.parse(text);
    } catch (MalformedException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    return Optional.of(text);
  }

  static Optional<TlogPolicy> policy(@Nullable Path file) throws IOException {
    return policyText(file).map(TlogPolicy::parse);
  }
}

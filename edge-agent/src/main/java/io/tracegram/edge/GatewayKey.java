package io.tracegram.edge;

import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key that verifies receipts, read when its file is there. Thread-safe. */
final class GatewayKey implements Supplier<Optional<PublicKey>> {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayKey.class);

  private final Path file;
  private final AtomicReference<@Nullable PublicKey> known = new AtomicReference<>();

  GatewayKey(Path file) {
    this.file = file;
  }

  @Override
  public Optional<PublicKey> get() {
    if (known.get() == null && Files.exists(file)) {
      try {
        known.set(KeyFiles.readPublic(file));
      } catch (IOException e) {
        LOG.error("event=gateway-key.unreadable file={} reason=\"{}\"", file, e.getMessage());
      }
    }
    return Optional.ofNullable(known.get());
  }
}

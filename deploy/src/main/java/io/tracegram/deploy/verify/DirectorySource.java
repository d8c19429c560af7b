package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A gateway's data directory, or any directory that holds {@code checkpoint} and {@code tile/}. */
public final class DirectorySource implements LogSource {
  private final Path directory;
  private final Path log;

  public DirectorySource(Path directory) {
    this.directory = directory;
    this.log = Files.exists(directory.resolve("log")) ? directory.resolve("log") : directory;
  }

  @Override
  public String checkpoint() throws IOException {
    Path file = log.resolve("checkpoint");
    if (!Files.exists(file)) {
      throw new IOException(
          "no log at " + directory + ": expected " + file + "; name a gateway's data directory");
    }
    return Files.readString(file);
  }

  @Override
  public Optional<byte[]> tile(TilePath path) throws IOException {
    Path file = log.resolve(path.toString());
    return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  @Override
  public Optional<String> ownVkey() throws IOException {
    return text("keys/checkpoint.vkey");
  }

  @Override
  public Optional<String> ownQuantumSafeVkey() throws IOException {
    return text("keys/checkpoint-mldsa44.vkey");
  }

  @Override
  public Optional<PublicKey> ownGatewayKey() throws IOException {
    Path file = directory.resolve("keys/gateway.pub");
    return Files.exists(file) ? Optional.of(KeyFiles.readPublic(file)) : Optional.empty();
  }

  @Override
  public Optional<String> ownPolicy() throws IOException {
    return text("policy");
  }

  @Override
  public String name() {
    return directory.toString();
  }

  private Optional<String> text(String name) throws IOException {
    Path file = directory.resolve(name);
    return Files.exists(file)
        ? Optional.of(Files.readString(file).strip() + "\n")
        : Optional.empty();
  }
}

package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.evidence.signature.PublicKey;
import java.io.IOException;
import java.util.Optional;

/** Where a tiled log is read from. */
public interface LogSource {
  /** Returns the checkpoint's text. */
  String checkpoint() throws IOException;

  /** Returns a tile or bundle, empty if it is not there under this name. */
  Optional<byte[]> tile(TilePath path) throws IOException;

  /** Returns the log's vkey that comes with the source itself, and so proves nothing alone. */
  Optional<String> ownVkey() throws IOException;

  /** Returns the log's ML-DSA-44 vkey that comes with the source itself. */
  default Optional<String> ownQuantumSafeVkey() throws IOException {
    return Optional.empty();
  }

  /** Returns the gateway's statement key that comes with the source itself. */
  Optional<PublicKey> ownGatewayKey() throws IOException;

  /** Returns the policy that comes with the source itself. */
  Optional<String> ownPolicy() throws IOException;

  /** Returns the name for the report. */
  String name();
}

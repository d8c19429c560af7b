package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.verification.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a tiled log is read from. Thread-safe. What is there but is not what it should be raises
 * {@link io.tracegram.ledger.evidence.cbor.MalformedException}.
 */
public interface LogSource extends AutoCloseable {
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

  /** Returns the gateway's, or the cloud's, statement key that comes with the source itself. */
  Optional<PublicKey> ownGatewayKey() throws IOException;

  /** Returns the policy that comes with the source itself. */
  Optional<String> ownPolicy() throws IOException;

  /** Returns the timestamps of checkpoints up to a size, by name below {@code timestamps/}. */
  Map<String, byte[]> timestamps(long size) throws IOException;

  /** Says what is wrong with the files as such, beside those of a log of this size. */
  FilesReport files(long size);

  /** Says whether the log may grow while it is read. */
  boolean isLive();

  /** Returns the name for the report. */
  String name();

  /** Ends connections; files need no end. */
  @Override
  default void close() {}

  /**
   * What is to say about files as such.
   *
   * @param findings files that are missing, changed, or do not belong there
   * @param notes files that are no evidence and harm nothing
   */
  record FilesReport(List<Finding> findings, List<String> notes) {
    static final FilesReport NOTHING = new FilesReport(List.of(), List.of());

    public FilesReport {
      findings = List.copyOf(findings);
      notes = List.copyOf(notes);
    }
  }
}

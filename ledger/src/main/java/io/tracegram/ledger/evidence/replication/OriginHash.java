package io.tracegram.ledger.evidence.replication;

import io.tracegram.ledger.evidence.Hash;
import java.nio.charset.StandardCharsets;

/** The name under which mirrors and witnesses serve a log. */
public final class OriginHash {
  private OriginHash() {}

  /** Returns the SHA-256 of a log's origin in lower-case hex. */
  public static String of(String origin) {
    return Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).hex();
  }
}

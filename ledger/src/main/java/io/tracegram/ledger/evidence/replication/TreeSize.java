package io.tracegram.ledger.evidence.replication;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;

/** Body of a 409 answer to {@code add-checkpoint}: the size the receiver knows. */
public final class TreeSize {
  public static final String CONTENT_TYPE = "text/x.tlog.size";

  private TreeSize() {}

  public static String format(long size) {
    return size + "\n";
  }

  /**
   * Reads a body strictly.
   *
   * @throws MalformedException if it is not one decimal with its newline
   */
  public static long parse(String body) {
    if (!body.endsWith("\n")) {
      throw new MalformedException("a tree size ends with a newline");
    }
    return Checkpoint.decimal(body.substring(0, body.length() - 1));
  }
}

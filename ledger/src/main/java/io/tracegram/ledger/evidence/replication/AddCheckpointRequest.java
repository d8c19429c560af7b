package io.tracegram.ledger.evidence.replication;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.SignedNote;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Body of {@code add-checkpoint} (tlog-witness, "add-checkpoint"). Immutable.
 *
 * @param oldSize the size the receiver is believed to know, ≥ 0
 * @param proof RFC 6962 §2.1.2 consistency proof from the old size, at most 63 hashes
 * @param note the checkpoint with the log's signature
 */
public record AddCheckpointRequest(long oldSize, List<Hash> proof, SignedNote note) {
  /** Limit of a body; the note is bounded by the same. */
  public static final int MAX_LENGTH = 65_536;

  static final int MAX_HASHES = 63;

  public AddCheckpointRequest {
    proof = List.copyOf(proof);
    if (oldSize < 0 || proof.size() > MAX_HASHES) {
      throw new IllegalArgumentException("old size below 0, or more than 63 hashes");
    }
  }

  public String format() {
    StringBuilder body = new StringBuilder("old ").append(oldSize).append('\n');
    for (Hash hash : proof) {
      body.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n');
    }
    return body.append('\n').append(note.format()).toString();
  }

  /**
   * Reads a body strictly.
   *
   * @throws MalformedException saying what is wrong with its form
   */
  public static AddCheckpointRequest parse(String body) {
    int split = body.indexOf("\n\n");
    if (body.length() > MAX_LENGTH || !body.startsWith("old ") || split < 0) {
      throw new MalformedException("not an add-checkpoint request: old size, proof, checkpoint");
    }
    String[] lines = body.substring(0, split).split("\n", -1);
    if (lines.length > MAX_HASHES + 1) {
      throw new MalformedException("a consistency proof has at most 63 hashes");
    }
    long oldSize = Checkpoint.decimal(lines[0].substring("old ".length()));
    List<Hash> proof = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      proof.add(Checkpoint.hash(lines[i]));
    }
    return new AddCheckpointRequest(oldSize, proof, SignedNote.parse(body.substring(split + 2)));
  }
}

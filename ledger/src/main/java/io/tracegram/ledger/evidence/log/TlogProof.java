package io.tracegram.ledger.evidence.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A self-contained proof that an entry stands in a log (C2SP tlog-proof). Parsing checks form only.
 * Immutable.
 *
 * @param index of the entry
 * @param hashes inclusion proof, leaf's sibling first
 * @param checkpoint signed by the log, with the cosignatures it had
 */
public record TlogProof(long index, List<Hash> hashes, SignedNote checkpoint) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1\n";

  public TlogProof {
    hashes = List.copyOf(hashes);
  }

  public String format() {
    StringBuilder proof = new StringBuilder(HEADER).append("index ").append(index).append('\n');
    for (Hash hash : hashes) {
      proof.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n');
    }
    return proof.append('\n').append(checkpoint.format()).toString();
  }

  /**
   * Reads a proof strictly (without an {@code extra} line, which we never need).
   *
   * @throws MalformedException saying what is wrong with its form
   */
  public static TlogProof parse(String proof) {
    int split = proof.indexOf("\n\n");
    if (!proof.startsWith(HEADER) || split < HEADER.length()) {
      throw new MalformedException("not a tlog-proof@v1");
    }
    String[] lines = proof.substring(HEADER.length(), split).split("\n", -1);
    if (!lines[0].startsWith("index ") || lines.length > 64) {
      throw new MalformedException("a tlog-proof names an index and at most 63 hashes");
    }
    List<Hash> hashes = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      hashes.add(Checkpoint.hash(lines[i]));
    }
    return new TlogProof(
        Checkpoint.decimal(lines[0].substring("index ".length())),
        hashes,
        SignedNote.parse(proof.substring(split + 2)));
  }

  /** Says whether the proof binds these leaf bytes to a checkpoint signed by {@code log}. */
  public boolean proves(byte[] leaf, NoteKey log) {
    Checkpoint head;
    try {
      head = Checkpoint.parse(checkpoint.text());
    } catch (MalformedException e) {
      return false;
    }
    return head.origin().equals(log.name())
        && checkpoint.isSignedBy(log)
        && MerkleTree.verifyInclusion(Leaf.hash(leaf), index, head.size(), hashes, head.root());
  }
}

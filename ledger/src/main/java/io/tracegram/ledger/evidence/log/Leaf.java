package io.tracegram.ledger.evidence.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.statement.SignedStatement;

/**
 * One entry of a log: a statement with the time the gateway received it, encoded as CBOR {@code [1,
 * received_ms, flags, statement-bytes]}, at most 65,535 bytes. Immutable.
 *
 * @param receivedMillis system time at the gateway, ms since 1970 UTC
 * @param flags reserved, 0
 */
public record Leaf(long receivedMillis, int flags, SignedStatement statement) {
  public static final int MAX_LENGTH = 65_535;

  public byte[] encoded() {
    return new CborWriter()
        .array(4)
        .integer(1)
        .integer(receivedMillis)
        .integer(flags)
        .bytes(statement.encoded())
        .toByteArray();
  }

  /**
   * Reads a leaf strictly.
   *
   * @throws MalformedException saying where and why it is none
   */
  public static Leaf parse(byte[] encoded) {
    if (encoded.length > MAX_LENGTH) {
      throw new MalformedException("leaf of " + encoded.length + " bytes");
    }
    CborReader in = new CborReader(encoded);
    in.arrayOf(4);
    in.integer(1, 1);
    long received = in.integer(0, Long.MAX_VALUE);
    int flags = (int) in.integer(0, 0xFFFF);
    byte[] statement = in.bytes(SignedStatement.MAX_LENGTH);
    in.end();
    return new Leaf(received, flags, SignedStatement.parse(statement));
  }

  /** Returns the RFC 6962 §2.1 leaf hash of encoded leaf bytes. */
  public static Hash hash(byte[] encoded) {
    return MerkleTree.leafHash(encoded);
  }
}

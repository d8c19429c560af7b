package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.cbor.CborWriter;
import java.nio.charset.StandardCharsets;

/** What all our COSE_Sign1 structures share (RFC 9052 §4.2, §4.4). */
final class CoseSign1 {
  static final int TAG = 18;

  /** Bound into every signature: one made for another application never verifies here. */
  static final byte[] EXTERNAL_AAD = "tracegram/v1".getBytes(StandardCharsets.US_ASCII);

  private CoseSign1() {}

  /** Returns the encoded {@code Sig_structure} of context {@code Signature1}. */
  static byte[] toBeSigned(byte[] protectedHeader, byte[] externalAad, byte[] payload) {
    return new CborWriter()
        .array(4)
        .text("Signature1")
        .bytes(protectedHeader)
        .bytes(externalAad)
        .bytes(payload)
        .toByteArray();
  }
}

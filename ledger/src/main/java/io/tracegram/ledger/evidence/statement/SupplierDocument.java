package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.Signer;

/**
 * A document with its supplier's signature, as one COSE_Sign1 (tag 18) that holds both. Immutable
 * and thread-safe.
 *
 * @param bytes the document, exactly as it was signed
 */
public record SupplierDocument(Content bytes, SupplierSignature signature) {
  /** Largest document of claims, in bytes, so that it fits a leaf. */
  public static final int MAX_CLAIMS = 16_384;

  private static final int AROUND = 1_024;

  /** Signs a document. */
  public static SupplierDocument sign(
      Signer supplier, SupplierSignature.Meant meant, byte[] document) {
    return new SupplierDocument(
        Content.of(document), SupplierSignature.sign(supplier, meant, document));
  }

  /** Returns the COSE_Sign1. */
  public byte[] encoded() {
    return new CborWriter()
        .tag(CoseSign1.TAG)
        .array(4)
        .bytes(signature.header())
        .map(0)
        .bytes(bytes.bytes())
        .bytes(signature.bytes().bytes())
        .toByteArray();
  }

  /**
   * Reads a COSE_Sign1 strictly; its signature is still to be checked.
   *
   * @param most bytes of the document
   * @throws MalformedException saying where and why it is none
   */
  public static SupplierDocument parse(byte[] encoded, int most) {
    if (encoded.length > most + AROUND) {
      throw new MalformedException("a signed document of more than " + most + " bytes");
    }
    CborReader in = new CborReader(encoded);
    in.tag(CoseSign1.TAG);
    in.arrayOf(4);
    byte[] header = in.bytes(AROUND);
    in.mapOf(0);
    byte[] document = in.bytes(most);
    byte[] signature = in.bytes(AROUND);
    in.end();
    return new SupplierDocument(Content.of(document), SupplierSignature.of(header, signature));
  }

  void write(CborWriter out) {
    signature.write(out.array(2).bytes(bytes.bytes()));
  }

  static SupplierDocument read(CborReader in) {
    in.arrayOf(2);
    return new SupplierDocument(Content.of(in.bytes(MAX_CLAIMS)), SupplierSignature.read(in));
  }
}

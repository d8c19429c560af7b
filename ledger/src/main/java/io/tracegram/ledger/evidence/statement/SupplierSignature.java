package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.signature.Signer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A supplier's signature over the exact bytes of a document, detached from it: a COSE_Sign1 (RFC
 * 9052 §4.2, external AAD {@code tracegram/supplier/v1}) whose protected header says what is signed
 * and for whom, so that it counts for nothing else. Reading checks shape only: {@link #isOf} checks
 * the signature. Immutable and thread-safe.
 *
 * @param key thumbprint of the key that it names
 * @param algorithm COSE identifier
 * @param meant what it is for
 * @param bytes the signature itself
 */
public record SupplierSignature(Hash key, long algorithm, Meant meant, Content bytes) {
  private static final byte[] EXTERNAL_AAD =
      "tracegram/supplier/v1".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_HEADER = 512;
  private static final int LOT = 64;
  private static final int LENGTH = 64;

  /** What a document is; its content type is the wire form. */
  public enum Purpose {
    MATERIAL_CLAIM("application/vnd.tracegram.material-claim+json"),
    FOOTPRINT("application/vnd.tracegram.supplier-footprint+json"),
    CLAIM_WITHDRAWAL("application/vnd.tracegram.claim-withdrawal+json");

    private final String contentType;

    Purpose(String contentType) {
      this.contentType = contentType;
    }

    /** Returns its name in words. */
    public String title() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Purpose of(String contentType) {
      for (Purpose purpose : values()) {
        if (purpose.contentType.equals(contentType)) {
          return purpose;
        }
      }
      throw new MalformedException("the content type is none that suppliers sign");
    }
  }

  /**
   * What a signature is for.
   *
   * @param facility id of the one that it is told
   * @param lot path of the one lot that a footprint is for; empty for what names its own subject
   * @param signedSeconds since 1970 UTC, by the supplier's clock
   */
  public record Meant(Purpose purpose, String facility, String lot, long signedSeconds) {}

  public SupplierSignature {
    if (bytes.length() != LENGTH) {
      throw new MalformedException("a signature has 64 bytes, not " + bytes.length());
    }
  }

  /** Signs a document. */
  static SupplierSignature sign(Signer supplier, Meant meant, byte[] document) {
    PublicKey key = supplier.publicKey();
    byte[] header = header(key.keyId(), key.algorithm().cose(), meant);
    return new SupplierSignature(
        key.keyId(),
        key.algorithm().cose(),
        meant,
        Content.of(supplier.sign(CoseSign1.toBeSigned(header, EXTERNAL_AAD, document))));
  }

  /** Says whether {@code supplier} is the key named, and signed exactly these bytes with it. */
  public boolean isOf(PublicKey supplier, byte[] document) {
    return key.equals(supplier.keyId())
        && supplier.algorithm().accepts(algorithm)
        && supplier.verify(CoseSign1.toBeSigned(header(), EXTERNAL_AAD, document), bytes.bytes());
  }

  /** Returns the protected header: the encoding is the only one, so that no byte of it is lost. */
  byte[] header() {
    return header(key, algorithm, meant);
  }

  private static byte[] header(Hash key, long algorithm, Meant meant) {
    CborWriter out = new CborWriter().map(4);
    out.integer(1).integer(algorithm);
    out.integer(3).text(meant.purpose().contentType);
    out.integer(4).bytes(key.bytes());
    // CWT claims (RFC 9597): subject, audience, issued at
    out.integer(15).map(3);
    out.integer(2).text(meant.lot());
    out.integer(3).text(meant.facility());
    out.integer(6).integer(meant.signedSeconds());
    return out.toByteArray();
  }

  static SupplierSignature of(byte[] headerBytes, byte[] signature) {
    CborReader header = new CborReader(headerBytes);
    header.mapOf(4);
    header.key(1);
    long algorithm = header.integer();
    header.key(3);
    Purpose purpose = Purpose.of(header.text(64));
    header.key(4);
    Hash key = BodyCodec.hash(header);
    header.key(15);
    header.mapOf(3);
    header.key(2);
    String lot = header.text(LOT);
    header.key(3);
    String facility = header.text(Statement.MAX_ID_LENGTH);
    header.key(6);
    long seconds = header.integer(0, BodyCodec.MAX_TIME / 1_000);
    header.end();
    return new SupplierSignature(
        key, algorithm, new Meant(purpose, facility, lot, seconds), Content.of(signature));
  }

  void write(CborWriter out) {
    out.array(2).bytes(header()).bytes(bytes.bytes());
  }

  static SupplierSignature read(CborReader in) {
    in.arrayOf(2);
    return of(in.bytes(MAX_HEADER), in.bytes(LENGTH));
  }
}

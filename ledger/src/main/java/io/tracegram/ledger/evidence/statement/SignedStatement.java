package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.signature.Signer;

/**
 * A statement in its COSE_Sign1 envelope (RFC 9052 §4.2, tag 18, empty unprotected header, external
 * AAD {@code tracegram/v1}). Parsing checks shape only: {@link #isSignedBy} checks the signature.
 * Immutable and thread-safe.
 */
public final class SignedStatement {
  /** Largest envelope, so that a leaf with it stays within tlog-tiles' 65,535 bytes. */
  public static final int MAX_LENGTH = 65_000;

  private static final int VERSION = 1;
  private static final String CONTENT_TYPE = "application/tracegram+cbor";

  private final Statement statement;
  private final Hash keyId;
  private final long algorithm;
  private final byte[] payload;
  private final byte[] toBeSigned;
  private final byte[] signature;
  private final byte[] encoded;

  private SignedStatement(
      Statement statement,
      Hash keyId,
      long algorithm,
      byte[] protectedHeader,
      byte[] payload,
      byte[] signature,
      byte[] encoded) {
    this.statement = statement;
    this.keyId = keyId;
    this.algorithm = algorithm;
    this.payload = payload;
    this.toBeSigned = CoseSign1.toBeSigned(protectedHeader, CoseSign1.EXTERNAL_AAD, payload);
    this.signature = signature;
    this.encoded = encoded;
  }

  public static SignedStatement sign(Statement statement, Signer signer) {
    PublicKey key = signer.publicKey();
    byte[] header =
        new CborWriter()
            .map(4)
            .integer(1)
            .integer(key.algorithm().cose())
            .integer(3)
            .text(CONTENT_TYPE)
            .integer(4)
            .bytes(key.keyId().bytes())
            .integer(15)
            .map(2)
            .integer(1)
            .text(statement.agent())
            .integer(2)
            .text(statement.facility())
            .toByteArray();
    byte[] payload = payload(statement);
    byte[] signature = signer.sign(CoseSign1.toBeSigned(header, CoseSign1.EXTERNAL_AAD, payload));
    byte[] encoded =
        new CborWriter()
            .tag(CoseSign1.TAG)
            .array(4)
            .bytes(header)
            .map(0)
            .bytes(payload)
            .bytes(signature)
            .toByteArray();
    if (encoded.length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a statement of "
              + encoded.length
              + " bytes is beyond "
              + MAX_LENGTH
              + ": split its batch");
    }
    return new SignedStatement(
        statement, key.keyId(), key.algorithm().cose(), header, payload, signature, encoded);
  }

  /**
   * Reads an envelope strictly.
   *
   * @throws MalformedException saying where and why it is none
   */
  public static SignedStatement parse(byte[] encoded) {
    if (encoded.length > MAX_LENGTH) {
      throw new MalformedException(
          "statement of " + encoded.length + " bytes, the limit is " + MAX_LENGTH);
    }
    CborReader in = new CborReader(encoded);
    in.tag(CoseSign1.TAG);
    in.arrayOf(4);
    byte[] headerBytes = in.bytes(512);
    in.mapOf(0);
    byte[] payload = in.bytes(MAX_LENGTH);
    byte[] signature = in.bytes(64);
    in.end();
    if (signature.length != 64) {
      throw new MalformedException("a signature has 64 bytes, not " + signature.length);
    }

    CborReader header = new CborReader(headerBytes);
    header.mapOf(4);
    header.key(1);
    long algorithm = header.integer();
    header.key(3);
    String contentType = header.text(64);
    if (!contentType.equals(CONTENT_TYPE)) {
      throw new MalformedException("content type is not " + CONTENT_TYPE);
    }
    header.key(4);
    Hash keyId = BodyCodec.hash(header);
    header.key(15);
    header.mapOf(2);
    header.key(1);
    String issuer = header.text(Statement.MAX_ID_LENGTH);
    header.key(2);
    String facility = header.text(Statement.MAX_ID_LENGTH);
    header.end();

    Statement statement = statement(payload, facility);
    if (!statement.agent().equals(issuer)) {
      throw new MalformedException("issuer and agent differ");
    }
    return new SignedStatement(
        statement, keyId, algorithm, headerBytes, payload, signature, encoded.clone());
  }

  public Statement statement() {
    return statement;
  }

  /** Returns the thumbprint of the key that the envelope names; not yet a proof of anything. */
  public Hash keyId() {
    return keyId;
  }

  /** Says whether {@code key} is the one named, of the algorithm named, and made this signature. */
  public boolean isSignedBy(PublicKey key) {
    return keyId.equals(key.keyId())
        && key.algorithm().accepts(algorithm)
        && key.verify(toBeSigned, signature);
  }

  /** Returns SHA-256 of the to-be-signed bytes: the next statement's {@code previous}. */
  public Hash chainHash() {
    return Hash.sha256(toBeSigned);
  }

  /** Returns SHA-256 of the payload, the identity for deduplication (signatures are not unique). */
  public Hash payloadHash() {
    return Hash.sha256(payload);
  }

  public byte[] encoded() {
    return encoded.clone();
  }

  private static byte[] payload(Statement statement) {
    CborWriter out = new CborWriter().map(11);
    out.integer(1).integer(VERSION);
    out.integer(2).text(statement.agent());
    out.integer(3).integer(statement.boot());
    out.integer(4).integer(statement.epoch());
    out.integer(5).integer(statement.sequence());
    out.integer(6).bytes(statement.previous().bytes());
    out.integer(7).integer(statement.wallMillis());
    out.integer(8).integer(statement.monoMillis());
    out.integer(9).integer(statement.clockStatus().ordinal());
    out.integer(10).integer(statement.body().kind().number());
    out.integer(11);
    BodyCodec.write(out, statement.body());
    return out.toByteArray();
  }

  private static Statement statement(byte[] payload, String facility) {
    CborReader in = new CborReader(payload);
    in.mapOf(11);
    in.key(1);
    in.integer(VERSION, VERSION);
    in.key(2);
    String agent = in.text(Statement.MAX_ID_LENGTH);
    in.key(3);
    long boot = in.integer(0, Long.MAX_VALUE);
    in.key(4);
    long epoch = in.integer(0, Long.MAX_VALUE);
    in.key(5);
    long sequence = in.integer(1, Long.MAX_VALUE);
    in.key(6);
    Hash previous = BodyCodec.hash(in);
    in.key(7);
    long wall = in.integer(0, BodyCodec.MAX_TIME);
    in.key(8);
    long mono = in.integer(0, Long.MAX_VALUE);
    in.key(9);
    ClockStatus status = ClockStatus.values()[(int) in.integer(0, 3)];
    in.key(10);
    Kind kind = Kind.of(in.integer());
    in.key(11);
    Body body = BodyCodec.read(in, kind);
    in.end();
    if (agent.isEmpty() || facility.isEmpty()) {
      throw new MalformedException("facility and agent are named");
    }
    return new Statement(
        facility, agent, boot, epoch, sequence, previous, wall, mono, status, body);
  }
}

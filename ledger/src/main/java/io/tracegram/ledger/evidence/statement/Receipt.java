package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.signature.Signer;

/**
 * A gateway's word that it holds an agent's statements: each sequence of the epoch from 1 up to
 * {@code throughSequence}, without a hole except those a signed gap covers. An agent deletes from
 * its outbox by it. Immutable.
 *
 * @param epoch of the agent's chain
 * @param throughSequence last sequence covered, ≥ 1
 * @param logSize size of a log that holds all of them
 * @param state how well they are kept
 */
public record Receipt(
    String facility, String agent, long epoch, long throughSequence, long logSize, State state) {
  /** How well the statements are kept; the ordinal is the wire form. */
  public enum State {
    /** On the gateway's disk. */
    LOGGED,
    /** On the gateway's disk and at the mirror. */
    MIRRORED
  }

  /** Largest encoding. */
  public static final int MAX_LENGTH = 512;

  private static final int VERSION = 1;
  // another content type than a statement's: neither can be passed off as the other
  private static final String CONTENT_TYPE = "application/tracegram-receipt+cbor";

  public Receipt {
    if (facility.isEmpty() || agent.isEmpty()) {
      throw new IllegalArgumentException("facility and agent are named");
    }
    if (epoch < 0 || throughSequence < 1 || logSize < 1) {
      throw new IllegalArgumentException("a receipt covers at least one statement of a log");
    }
  }

  /** Returns the COSE_Sign1 of this receipt by the gateway's statement key. */
  public byte[] sign(Signer gateway) {
    PublicKey key = gateway.publicKey();
    byte[] header =
        new CborWriter()
            .map(3)
            .integer(1)
            .integer(key.algorithm().cose())
            .integer(3)
            .text(CONTENT_TYPE)
            .integer(4)
            .bytes(key.keyId().bytes())
            .toByteArray();
    byte[] payload =
        new CborWriter()
            .array(7)
            .integer(VERSION)
            .text(facility)
            .text(agent)
            .integer(epoch)
            .integer(throughSequence)
            .integer(logSize)
            .integer(state.ordinal())
            .toByteArray();
    return new CborWriter()
        .tag(CoseSign1.TAG)
        .array(4)
        .bytes(header)
        .map(0)
        .bytes(payload)
        .bytes(gateway.sign(CoseSign1.toBeSigned(header, CoseSign1.EXTERNAL_AAD, payload)))
        .toByteArray();
  }

  /**
   * Opens a receipt that {@code gatewayKey} signed.
   *
   * @throws MalformedException if it is no receipt, or not that key's
   */
  public static Receipt open(byte[] bytes, PublicKey gatewayKey) {
    if (bytes.length > MAX_LENGTH) {
      throw new MalformedException(
          "receipt of " + bytes.length + " bytes, the limit is " + MAX_LENGTH);
    }
    CborReader in = new CborReader(bytes);
    in.tag(CoseSign1.TAG);
    in.arrayOf(4);
    byte[] header = in.bytes(MAX_LENGTH);
    in.mapOf(0);
    byte[] payload = in.bytes(MAX_LENGTH);
    byte[] signature = in.bytes(64);
    in.end();
    checkHeader(header, gatewayKey);
    if (!gatewayKey.verify(
        CoseSign1.toBeSigned(header, CoseSign1.EXTERNAL_AAD, payload), signature)) {
      throw new MalformedException("the receipt's signature is not the gateway's");
    }
    return read(payload);
  }

  private static void checkHeader(byte[] bytes, PublicKey key) {
    CborReader header = new CborReader(bytes);
    header.mapOf(3);
    header.key(1);
    long algorithm = header.integer();
    header.key(3);
    String contentType = header.text(64);
    header.key(4);
    Hash keyId = BodyCodec.hash(header);
    header.end();
    if (!contentType.equals(CONTENT_TYPE)) {
      throw new MalformedException("content type is not " + CONTENT_TYPE);
    }
    if (!key.algorithm().accepts(algorithm) || !keyId.equals(key.keyId())) {
      throw new MalformedException("the receipt names key " + keyId + ", not " + key);
    }
  }

  private static Receipt read(byte[] payload) {
    CborReader in = new CborReader(payload);
    in.arrayOf(7);
    in.integer(VERSION, VERSION);
    String facility = in.text(Statement.MAX_ID_LENGTH);
    String agent = in.text(Statement.MAX_ID_LENGTH);
    long epoch = in.integer(0, Long.MAX_VALUE);
    long through = in.integer(1, Long.MAX_VALUE);
    long logSize = in.integer(1, Long.MAX_VALUE);
    State state = State.values()[(int) in.integer(0, State.values().length - 1)];
    in.end();
    if (facility.isEmpty() || agent.isEmpty()) {
      throw new MalformedException("facility and agent are named");
    }
    return new Receipt(facility, agent, epoch, through, logSize, state);
  }
}

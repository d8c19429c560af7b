package io.tracegram.ledger.evidence.signature;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;

/**
 * A verification key with its one algorithm. Immutable and thread-safe; keep the instance, since
 * the decoded curve point in it is what makes verification fast.
 */
public final class PublicKey {
  // the custom curve is several times faster than the generic one of ECNamedCurveTable
  private static final X9ECParameters P256 = CustomNamedCurves.getByName("secp256r1");
  static final ECDomainParameters P256_DOMAIN = new ECDomainParameters(P256);
  private static final byte UNCOMPRESSED = 4;

  private final Algorithm algorithm;
  private final byte[] encoded;
  private final Hash keyId;
  private final Verification verification;

  private interface Verification {
    boolean verify(byte[] message, byte[] signature);
  }

  private PublicKey(Algorithm algorithm, byte[] encoded, Verification verification) {
    this.algorithm = algorithm;
    this.encoded = encoded;
    this.verification = verification;
    this.keyId = thumbprint(algorithm, encoded);
  }

  /**
   * Decodes a key.
   *
   * @param encoded ES256: the uncompressed point, 65 bytes (SEC 1 §2.3.3); Ed25519: 32 bytes (RFC
   *     8032); ML-DSA-44: 1,312 bytes (FIPS 204 §7.2)
   * @throws MalformedException if the bytes are no valid key of that algorithm
   */
  public static PublicKey of(Algorithm algorithm, byte[] encoded) {
    if (encoded.length != algorithm.keyLength()) {
      throw new MalformedException(
          algorithm + " key of " + encoded.length + " bytes, expected " + algorithm.keyLength());
    }
    byte[] copy = encoded.clone();
    try {
      return new PublicKey(
          algorithm,
          copy,
          switch (algorithm) {
            case ES256 -> es256(copy);
            case ED25519 -> ed25519(copy);
            case ML_DSA_44 -> mlDsa44(copy);
          });
    } catch (IllegalArgumentException e) {
      throw new MalformedException("not a valid " + algorithm + " key: " + e.getMessage());
    }
  }

  public Algorithm algorithm() {
    return algorithm;
  }

  public byte[] encoded() {
    return encoded.clone();
  }

  /** Returns the COSE key thumbprint (RFC 9679): the SHA-256 of the deterministic COSE_Key. */
  public Hash keyId() {
    return keyId;
  }

  /** Says whether the signature is this key's over the message; never throws on hostile input. */
  public boolean verify(byte[] message, byte[] signature) {
    return signature.length == algorithm.signatureLength()
        && verification.verify(message, signature);
  }

  private static Verification es256(byte[] encoded) {
    if (encoded[0] != UNCOMPRESSED) {
      // the library would also take the hybrid forms 6 and 7: a second spelling of the same point
      throw new IllegalArgumentException("the point does not start with 4, uncompressed");
    }
    ECPublicKeyParameters key =
        new ECPublicKeyParameters(P256_DOMAIN.getCurve().decodePoint(encoded), P256_DOMAIN);
    return (message, signature) -> {
      BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, 32));
      BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
      ECDSASigner signer = new ECDSASigner();
      signer.init(false, key);
      return signer.verifySignature(Hash.sha256(message).bytes(), r, s);
    };
  }

  private static Verification ed25519(byte[] encoded) {
    Ed25519PublicKeyParameters key = new Ed25519PublicKeyParameters(encoded, 0);
    return (message, signature) -> {
      Ed25519Signer signer = new Ed25519Signer();
      signer.init(false, key);
      signer.update(message, 0, message.length);
      return signer.verifySignature(signature);
    };
  }

  private static Verification mlDsa44(byte[] encoded) {
    MLDSAPublicKeyParameters key = new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_44, encoded);
    return (message, signature) -> {
      MLDSASigner signer = new MLDSASigner();
      signer.init(false, key);
      signer.update(message, 0, message.length);
      return signer.verifySignature(signature);
    };
  }

  private static Hash thumbprint(Algorithm algorithm, byte[] encoded) {
    CborWriter cose = new CborWriter();
    switch (algorithm) {
      case ES256 ->
          cose.map(4)
              .integer(1)
              .integer(2)
              .integer(-1)
              .integer(1)
              .integer(-2)
              .bytes(Arrays.copyOfRange(encoded, 1, 33))
              .integer(-3)
              .bytes(Arrays.copyOfRange(encoded, 33, 65));
      case ED25519 ->
          cose.map(3).integer(1).integer(1).integer(-1).integer(6).integer(-2).bytes(encoded);
      // key type AKP of RFC 9964: its algorithm belongs to the key
      case ML_DSA_44 ->
          cose.map(3).integer(1).integer(7).integer(3).integer(-48).integer(-1).bytes(encoded);
    }
    return Hash.sha256(cose.toByteArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey key && keyId.equals(key.keyId);
  }

  @Override
  public int hashCode() {
    return keyId.hashCode();
  }

  @Override
  public String toString() {
    return algorithm + " " + keyId;
  }
}

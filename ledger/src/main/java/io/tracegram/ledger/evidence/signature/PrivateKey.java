package io.tracegram.ledger.evidence.signature;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.util.BigIntegers;

/**
 * A software signing key held in memory. Deterministic: ES256 draws its nonce by RFC 6979, ML-DSA
 * is the deterministic variant of FIPS 204 §3.4. Immutable and thread-safe.
 */
public final class PrivateKey implements Signer {
  private final byte[] secret;
  private final PublicKey publicKey;
  private final Signing signing;

  private interface Signing {
    byte[] sign(byte[] message);
  }

  private PrivateKey(byte[] secret, PublicKey publicKey, Signing signing) {
    this.secret = secret;
    this.publicKey = publicKey;
    this.signing = signing;
  }

  public static PrivateKey generate(Algorithm algorithm, SecureRandom random) {
    byte[] secret =
        switch (algorithm) {
          case ED25519 -> new Ed25519PrivateKeyParameters(random).getEncoded();
          case ES256 -> {
            BigInteger order = PublicKey.P256_DOMAIN.getN();
            BigInteger d =
                BigIntegers.createRandomInRange(
                    BigInteger.ONE, order.subtract(BigInteger.ONE), random);
            yield BigIntegers.asUnsignedByteArray(32, d);
          }
          case ML_DSA_44 -> {
            byte[] seed = new byte[32];
            random.nextBytes(seed);
            yield seed;
          }
        };
    return of(algorithm, secret);
  }

  /**
   * Restores a key from its 32 secret bytes (ES256: the scalar, big-endian; Ed25519 and ML-DSA: the
   * seed).
   *
   * @throws MalformedException if they are no key
   */
  public static PrivateKey of(Algorithm algorithm, byte[] secret) {
    if (secret.length != 32) {
      throw new MalformedException("a private key has 32 bytes, not " + secret.length);
    }
    byte[] copy = secret.clone();
    return switch (algorithm) {
      case ES256 -> es256(copy);
      case ED25519 -> ed25519(copy);
      case ML_DSA_44 -> mlDsa44(copy);
    };
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  /** Returns the 32 secret bytes, to be stored by {@code runtime} in a 0600 file; never logged. */
  public byte[] secret() {
    return secret.clone();
  }

  @Override
  public byte[] sign(byte[] message) {
    return signing.sign(message);
  }

  private static PrivateKey es256(byte[] secret) {
    BigInteger d = new BigInteger(1, secret);
    if (d.signum() == 0 || d.compareTo(PublicKey.P256_DOMAIN.getN()) >= 0) {
      throw new MalformedException("the private scalar is outside the curve's order");
    }
    ECPrivateKeyParameters key = new ECPrivateKeyParameters(d, PublicKey.P256_DOMAIN);
    byte[] point = PublicKey.P256_DOMAIN.getG().multiply(d).normalize().getEncoded(false);
    return new PrivateKey(
        secret,
        PublicKey.of(Algorithm.ES256, point),
        message -> {
          ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
          signer.init(true, key);
          BigInteger[] rs = signer.generateSignature(Hash.sha256(message).bytes());
          byte[] signature = new byte[64];
          BigIntegers.asUnsignedByteArray(rs[0], signature, 0, 32);
          BigIntegers.asUnsignedByteArray(rs[1], signature, 32, 32);
          return signature;
        });
  }

  private static PrivateKey ed25519(byte[] secret) {
    Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(secret, 0);
    return new PrivateKey(
        secret,
        PublicKey.of(Algorithm.ED25519, key.generatePublicKey().getEncoded()),
        message -> {
          Ed25519Signer signer = new Ed25519Signer();
          signer.init(true, key);
          signer.update(message, 0, message.length);
          return signer.generateSignature();
        });
  }

  private static PrivateKey mlDsa44(byte[] seed) {
    MLDSAPrivateKeyParameters key = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed);
    return new PrivateKey(
        seed,
        PublicKey.of(Algorithm.ML_DSA_44, key.getPublicKey()),
        message -> {
          MLDSASigner signer = new MLDSASigner();
          signer.init(true, key);
          signer.update(message, 0, message.length);
          try {
            return signer.generateSignature();
          } catch (CryptoException e) {
            throw new IllegalStateException("ML-DSA-44 could not sign", e);
          }
        });
  }

  @Override
  public String toString() {
    return "private key of " + publicKey;
  }
}

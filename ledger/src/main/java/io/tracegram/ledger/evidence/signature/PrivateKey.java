package io.tracegram.ledger.evidence.signature;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.util.BigIntegers;

/**
 * A software signing key held in memory. Deterministic: ES256 draws its nonce by RFC 6979.
 * Immutable and thread-safe.
 */
public final class PrivateKey implements Signer {
  private final byte[] secret;
  private final PublicKey publicKey;

  private PrivateKey(byte[] secret, PublicKey publicKey) {
    this.secret = secret;
    this.publicKey = publicKey;
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
        };
    return of(algorithm, secret);
  }

  /**
   * Restores a key from its 32 secret bytes (ES256: the scalar, big-endian; Ed25519: the seed).
   *
   * @throws MalformedException if they are no key
   */
  public static PrivateKey of(Algorithm algorithm, byte[] secret) {
    if (secret.length != 32) {
      throw new MalformedException("a private key has 32 bytes, not " + secret.length);
    }
    byte[] copy = secret.clone();
    byte[] encoded =
        switch (algorithm) {
          case ED25519 -> new Ed25519PrivateKeyParameters(copy, 0).generatePublicKey().getEncoded();
          case ES256 -> {
            BigInteger d = new BigInteger(1, copy);
            if (d.signum() == 0 || d.compareTo(PublicKey.P256_DOMAIN.getN()) >= 0) {
              throw new MalformedException("the private scalar is outside the curve's order");
            }
            yield PublicKey.P256_DOMAIN.getG().multiply(d).normalize().getEncoded(false);
          }
        };
    return new PrivateKey(copy, PublicKey.of(algorithm, encoded));
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
    return switch (publicKey.algorithm()) {
      case ES256 -> es256(message);
      case ED25519 -> {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(secret, 0));
        signer.update(message, 0, message.length);
        yield signer.generateSignature();
      }
    };
  }

  private byte[] es256(byte[] message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, secret), PublicKey.P256_DOMAIN));
    BigInteger[] rs = signer.generateSignature(Hash.sha256(message).bytes());
    byte[] signature = new byte[64];
    BigIntegers.asUnsignedByteArray(rs[0], signature, 0, 32);
    BigIntegers.asUnsignedByteArray(rs[1], signature, 32, 32);
    return signature;
  }

  @Override
  public String toString() {
    return "private key of " + publicKey;
  }
}

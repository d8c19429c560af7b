package io.tracegram.edge.device.coap;

import io.tracegram.ledger.evidence.signature.PublicKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads keys and certificates for DTLS. Every method throws {@link IOException} that names the file
 * and what to do, and never what is in it. Stateless.
 */
final class SecretFiles {
  private static final int LONGEST = 65_536;
  private static final int SHORTEST_KEY = 16;
  private static final int LONGEST_KEY = 64;
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private SecretFiles() {}

  /** Reads a pre-shared key: 16 to 64 bytes, hexadecimal. */
  static byte[] preSharedKey(Path file) throws IOException {
    try {
      byte[] key = HexFormat.of().parseHex(secret(file).strip());
      if (key.length >= SHORTEST_KEY && key.length <= LONGEST_KEY) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // what it says could quote the secret
    }
    throw new IOException(file + " must hold a key of 16 to 64 bytes, hexadecimal");
  }

  /** Reads a private key, PKCS #8 in PEM, on a curve. */
  static PrivateKey privateKey(Path file) throws IOException {
    Matcher pem = PRIVATE_KEY.matcher(secret(file));
    try {
      if (pem.find()) {
        byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // what it says could quote the secret
    }
    throw new IOException(file + " must hold an EC key as PEM, 'BEGIN PRIVATE KEY'");
  }

  /** Reads certificates in PEM, at least one. */
  static List<X509Certificate> certificates(Path file) throws IOException {
    try {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(text(file).getBytes(StandardCharsets.US_ASCII)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no certificates in PEM: " + e.getMessage(), e);
    }
    throw new IOException(file + " holds no certificates in PEM");
  }

  /** Returns our ES256 key as the JDK has it. */
  static PrivateKey jdk(io.tracegram.ledger.evidence.signature.PrivateKey key) {
    try {
      return KeyFactory.getInstance("EC")
          .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, key.secret()), p256()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK knows P-256", e);
    }
  }

  /** Returns an ES256 key, 04 x y, as the JDK has it. */
  static java.security.PublicKey jdk(PublicKey key) {
    byte[] encoded = key.encoded();
    int half = encoded.length / 2;
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(encoded, 1, half + 1));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(encoded, half + 1, encoded.length));
    try {
      return KeyFactory.getInstance("EC")
          .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), p256()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK knows P-256", e);
    }
  }

  private static ECParameterSpec p256() throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }

  private static String secret(Path file) throws IOException {
    String text = text(file);
    Set<PosixFilePermission> open = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    open.removeAll(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    if (!open.isEmpty()) {
      throw new IOException(file + " is open to others than its owner: run chmod 600 " + file);
    }
    return text;
  }

  private static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file);
    }
    if (Files.size(file) > LONGEST) {
      throw new IOException(file + " is too long");
    }
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}

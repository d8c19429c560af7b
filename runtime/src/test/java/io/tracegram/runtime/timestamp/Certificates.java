package io.tracegram.runtime.timestamp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root of its own that issues what an honest one would not. */
final class Certificates {
  private static final X500Principal ROOT = new X500Principal("CN=test root");

  private final KeyPair root = keyPair();
  final X509Certificate anchor;

  Certificates(Instant from, Duration life) throws Exception {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            ROOT,
            BigInteger.ONE,
            Date.from(from),
            Date.from(from.plus(life)),
            ROOT,
            root.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    anchor = new JcaX509CertificateConverter().getCertificate(holder(builder));
  }

  /** Returns an authority whose certificate has these purposes and this time. */
  SimulatedAuthority authority(
      boolean critical, Instant from, Duration life, Clock clock, KeyPurposeId... purposes)
      throws Exception {
    KeyPair own = keyPair();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            ROOT,
            BigInteger.TWO,
            Date.from(from),
            Date.from(from.plus(life)),
            new X500Principal("CN=test authority"),
            own.getPublic());
    if (purposes.length > 0) {
      builder.addExtension(Extension.extendedKeyUsage, critical, new ExtendedKeyUsage(purposes));
    }
    return new SimulatedAuthority(
        own.getPrivate(), new Pretending(holder(builder).getEncoded()), anchor, clock);
  }

  private X509CertificateHolder holder(JcaX509v3CertificateBuilder builder) throws Exception {
    return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(root.getPrivate()));
  }

  /** Tells the token generator that it is for timestamps, whatever its bytes say. */
  private static final class Pretending extends X509CertificateHolder {
    private static final long serialVersionUID = 1;

    Pretending(byte[] encoded) throws IOException {
      super(encoded);
    }

    @Override
    public Extension getExtension(ASN1ObjectIdentifier id) {
      return id.equals(Extension.extendedKeyUsage)
          ? new Extension(id, true, purpose())
          : super.getExtension(id);
    }

    private static byte[] purpose() {
      try {
        return new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping).getEncoded();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static KeyPair keyPair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}

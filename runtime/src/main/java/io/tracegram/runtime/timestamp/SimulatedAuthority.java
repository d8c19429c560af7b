package io.tracegram.runtime.timestamp;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.bouncycastle.util.CollectionStore;

/**
 * A time-stamping authority for demonstrations and tests; nobody independent stands behind its
 * time. Thread-safe.
 */
public final class SimulatedAuthority {
  /** Policy of its tokens, from the arc for examples in documents. */
  public static final String POLICY = "2.999.3161.1";

  private static final String SIGNATURE = "SHA256withECDSA";
  private static final Duration LIFE = Duration.ofDays(3_650);

  private final PrivateKey key;
  private final X509CertificateHolder certificate;
  private final X509Certificate anchor;
  private final Clock clock;
  private final AtomicLong serial = new AtomicLong();

  /**
   * @param certificate of the key
   * @param anchor that issued the certificate
   */
  public SimulatedAuthority(
      PrivateKey key, X509CertificateHolder certificate, X509Certificate anchor, Clock clock) {
    this.key = key;
    this.certificate = certificate;
    this.anchor = anchor;
    this.clock = clock;
  }

  /** Makes an authority with new keys, kept in memory only. */
  public static SimulatedAuthority create(Clock clock, SecureRandom random) {
    try {
      KeyPair root = keyPair(random);
      KeyPair own = keyPair(random);
      X500Principal issuer = new X500Principal("CN=Tracegram simulated authority root");
      X500Principal subject = new X500Principal("CN=Tracegram simulated authority");
      Instant from = clock.instant().minus(Duration.ofHours(1));
      JcaX509v3CertificateBuilder rootBuilder =
          new JcaX509v3CertificateBuilder(
              issuer, BigInteger.ONE, Date.from(from), end(from), issuer, root.getPublic());
      rootBuilder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      JcaX509v3CertificateBuilder ownBuilder =
          new JcaX509v3CertificateBuilder(
              issuer, BigInteger.TWO, Date.from(from), end(from), subject, own.getPublic());
      ownBuilder.addExtension(
          Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
      return new SimulatedAuthority(
          own.getPrivate(),
          signed(ownBuilder, root),
          new JcaX509CertificateConverter().getCertificate(signed(rootBuilder, root)),
          clock);
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("the Java runtime cannot make a certificate", e);
    }
  }

  /** Returns the trust anchor. */
  public X509Certificate anchor() {
    return anchor;
  }

  /** Returns the trust anchor as PEM. */
  public String anchorPem() {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(anchor);
    } catch (IOException e) {
      throw new UncheckedIOException("a certificate that cannot be written", e);
    }
    return text.toString();
  }

  /**
   * Answers a request with a token of now.
   *
   * @throws IOException if it is no request
   */
  public byte[] answer(byte[] request) throws IOException {
    try {
      DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
      Date now = Date.from(clock.instant());
      SignerInfoGenerator signer =
          new SignerInfoGeneratorBuilder(digests)
              .setSignedAttributeGenerator(
                  new DefaultSignedAttributeTableGenerator(
                      new AttributeTable(
                          new Attribute(CMSAttributes.signingTime, new DERSet(new Time(now))))))
              .build(new JcaContentSignerBuilder(SIGNATURE).build(key), certificate);
      TimeStampTokenGenerator tokens =
          new TimeStampTokenGenerator(
              signer,
              digests.get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
              new ASN1ObjectIdentifier(POLICY));
      tokens.setAccuracySeconds(1);
      tokens.setResolution(TimeStampTokenGenerator.R_MILLISECONDS);
      tokens.addCertificates(new CollectionStore<>(List.of(certificate)));
      return new TimeStampResponseGenerator(tokens, Set.of(TSPAlgorithms.SHA256))
          .generate(
              new TimeStampRequest(request), BigInteger.valueOf(serial.incrementAndGet()), now)
          .getEncoded();
    } catch (TSPException | OperatorCreationException e) {
      throw new IOException("not answered: " + e.getMessage(), e);
    }
  }

  private static KeyPair keyPair(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private static X509CertificateHolder signed(JcaX509v3CertificateBuilder builder, KeyPair issuer)
      throws OperatorCreationException {
    return builder.build(new JcaContentSignerBuilder(SIGNATURE).build(issuer.getPrivate()));
  }

  private static Date end(Instant from) {
    return Date.from(from.plus(LIFE));
  }
}

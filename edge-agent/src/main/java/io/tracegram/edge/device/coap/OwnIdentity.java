package io.tracegram.edge.device.coap;

import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.runtime.config.CoapService;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.x509.CertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;

/**
 * How the agent shows by DTLS who it is. Immutable.
 *
 * @param chain its certificate and those that vouch for it; empty if it has only a key
 */
record OwnIdentity(PrivateKey key, PublicKey publicKey, List<X509Certificate> chain) {
  private static final String KEY_NAME = "coap";

  OwnIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * Returns the certificate that {@code agent.yaml} names with its key; without one, the raw key
   * {@code coap.key}, made at the first call, whose public half is {@code coap.pub}.
   *
   * @param keys the agent's directory of keys
   */
  static OwnIdentity load(CoapService service, Path keys, SecureRandom random) throws IOException {
    if (service.certificate().isPresent() && service.key().isPresent()) {
      List<X509Certificate> chain = SecretFiles.certificates(service.certificate().get());
      return new OwnIdentity(
          SecretFiles.privateKey(service.key().get()), chain.getFirst().getPublicKey(), chain);
    }
    io.tracegram.ledger.evidence.signature.PrivateKey own =
        new KeyFiles(keys, random).loadOrCreate(KEY_NAME, Algorithm.ES256);
    return new OwnIdentity(SecretFiles.jdk(own), SecretFiles.jdk(own.publicKey()), List.of());
  }

  CertificateProvider provider() {
    return chain.isEmpty()
        ? new SingleCertificateProvider(key, publicKey)
        : new SingleCertificateProvider(
            key,
            chain.toArray(X509Certificate[]::new),
            CertificateType.X_509,
            CertificateType.RAW_PUBLIC_KEY);
  }
}

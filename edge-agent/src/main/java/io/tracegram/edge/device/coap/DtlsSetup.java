package io.tracegram.edge.device.coap;

import io.tracegram.edge.device.coap.PeerIdentity.HasKey;
import io.tracegram.edge.device.coap.PeerIdentity.IsCertified;
import io.tracegram.edge.device.coap.PeerIdentity.KnowsKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.eclipse.californium.elements.config.CertificateAuthenticationMode;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedMultiPskStore;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.eclipse.californium.scandium.dtls.x509.NewAdvancedCertificateVerifier;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;

/** Says whom a DTLS connection believes, and how it shows who we are. Stateless. */
final class DtlsSetup {
  /** The last of each is what every device must have (RFC 7252 §9.1.3). */
  private static final List<CipherSuite> SHARED =
      List.of(
          CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256,
          CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
          CipherSuite.TLS_PSK_WITH_AES_128_CCM_8);

  private static final List<CipherSuite> CERTIFIED =
      List.of(
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8);

  private DtlsSetup() {}

  /** Returns the side that calls one meter. */
  static DtlsConnectorConfig.Builder client(
      Configuration configuration, PeerIdentity peer, Optional<OwnIdentity> own) {
    DtlsConnectorConfig.Builder setup =
        DtlsConnectorConfig.builder(configuration)
            .set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.CLIENT_ONLY)
            .set(DtlsConfig.DTLS_VERIFY_SERVER_CERTIFICATES_SUBJECT, false)
            .set(DtlsConfig.DTLS_MAX_CONNECTIONS, 4);
    if (peer instanceof KnowsKey known) {
      setup.setAdvancedPskStore(new AdvancedSinglePskStore(known.identity(), known.key()));
    }
    return believing(setup, List.of(peer), own);
  }

  /** Returns the side that meters call. */
  static DtlsConnectorConfig.Builder server(
      Configuration configuration, List<PeerIdentity> peers, Optional<OwnIdentity> own) {
    DtlsConnectorConfig.Builder setup =
        DtlsConnectorConfig.builder(configuration)
            .set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.SERVER_ONLY)
            .set(DtlsConfig.DTLS_CLIENT_AUTHENTICATION_MODE, CertificateAuthenticationMode.NEEDED);
    AdvancedMultiPskStore keys = new AdvancedMultiPskStore();
    boolean shared = false;
    for (PeerIdentity peer : peers) {
      if (peer instanceof KnowsKey known) {
        keys.setKey(known.identity(), known.key());
        shared = true;
      }
    }
    if (shared) {
      setup.setAdvancedPskStore(keys);
    }
    return believing(setup, peers, own);
  }

  private static DtlsConnectorConfig.Builder believing(
      DtlsConnectorConfig.Builder setup, List<PeerIdentity> peers, Optional<OwnIdentity> own) {
    List<RawPublicKeyIdentity> keys = new ArrayList<>();
    List<X509Certificate> authorities = new ArrayList<>();
    List<CipherSuite> suites = new ArrayList<>();
    if (own.isPresent()) {
      suites.addAll(CERTIFIED);
    }
    if (peers.stream().anyMatch(KnowsKey.class::isInstance)) {
      suites.addAll(SHARED);
    }
    for (PeerIdentity peer : peers) {
      switch (peer) {
        case HasKey(var key) -> keys.add(new RawPublicKeyIdentity(key));
        case IsCertified(var trust, String subject) -> authorities.addAll(trust);
        case KnowsKey known -> {}
        case PeerIdentity.Anybody anybody -> {}
      }
    }
    setup
        .set(DtlsConfig.DTLS_RECOMMENDED_CIPHER_SUITES_ONLY, false)
        .set(DtlsConfig.DTLS_CIPHER_SUITES, suites);
    if (own.isPresent()) {
      setup
          .setCertificateIdentityProvider(own.get().provider())
          .setAdvancedCertificateVerifier(verifier(keys, authorities));
    }
    return setup;
  }

  private static NewAdvancedCertificateVerifier verifier(
      List<RawPublicKeyIdentity> keys, List<X509Certificate> authorities) {
    StaticNewAdvancedCertificateVerifier.Builder verifier =
        StaticNewAdvancedCertificateVerifier.builder();
    List<CertificateType> types = new ArrayList<>();
    if (!keys.isEmpty()) {
      verifier.setTrustedRPKs(keys.toArray(RawPublicKeyIdentity[]::new));
      types.add(CertificateType.RAW_PUBLIC_KEY);
    }
    if (!authorities.isEmpty()) {
      verifier.setTrustedCertificates(authorities.toArray(X509Certificate[]::new));
      types.add(CertificateType.X_509);
    }
    return verifier.setSupportedCertificateTypes(types).build();
  }
}

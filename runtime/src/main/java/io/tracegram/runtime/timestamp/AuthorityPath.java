package io.tracegram.runtime.timestamp;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leads a certificate back to a trust anchor (RFC 5280 §6) as of a time. Revocation is not looked
 * up: a token must verify without a network, many years later. Stateless.
 */
final class AuthorityPath {
  private AuthorityPath() {}

  /**
   * Returns if there is a path.
   *
   * @throws GeneralSecurityException if there is none; the message says so
   */
  static void check(
      X509Certificate signer, List<X509Certificate> carried, List<X509Certificate> anchors, Date at)
      throws GeneralSecurityException {
    if (anchors.contains(signer)) {
      return; // whoever pins the authority's own certificate needs no path
    }
    Set<TrustAnchor> trusted = new HashSet<>();
    anchors.forEach(anchor -> trusted.add(new TrustAnchor(anchor, null)));
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(signer);
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, target);
    parameters.setRevocationEnabled(false);
    parameters.setDate(at);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(carried)));
    X509Certificate anchor;
    try {
      PKIXCertPathBuilderResult result =
          (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
      anchor = result.getTrustAnchor().getTrustedCert();
    } catch (GeneralSecurityException e) {
      throw new CertificateException(
          "the certificate of "
              + signer.getSubjectX500Principal().getName()
              + " leads to none of the configured trust anchors: "
              + e.getMessage(),
          e);
    }
    try {
      anchor.checkValidity(at);
    } catch (CertificateException e) {
      throw new CertificateException(
          "the trust anchor was not valid at the token's time: " + e.getMessage(), e);
    }
  }
}

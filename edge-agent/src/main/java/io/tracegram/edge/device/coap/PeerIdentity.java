package io.tracegram.edge.device.coap;

import io.tracegram.runtime.config.CoapSecurity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.eclipse.californium.elements.auth.X509CertPath;
import org.jspecify.annotations.Nullable;

/** Who a meter must be by DTLS, with what proves it. Immutable. */
sealed interface PeerIdentity {
  /** Says whether a handshake ended with this meter. */
  boolean is(@Nullable Principal principal);

  /** Anybody: nothing is shown without DTLS. */
  record Anybody() implements PeerIdentity {
    @Override
    public boolean is(@Nullable Principal principal) {
      return true;
    }
  }

  /** Who knows the key of this name. */
  final class KnowsKey implements PeerIdentity {
    private final String identity;
    private final byte[] key;

    private KnowsKey(String identity, byte[] key) {
      this.identity = identity;
      this.key = key;
    }

    String identity() {
      return identity;
    }

    byte[] key() {
      return key.clone();
    }

    @Override
    public boolean is(@Nullable Principal principal) {
      return principal instanceof PreSharedKeyIdentity shared
          && identity.equals(shared.getIdentity());
    }
  }

  /** Who has the secret half of this key. */
  record HasKey(PublicKey key) implements PeerIdentity {
    @Override
    public boolean is(@Nullable Principal principal) {
      return principal instanceof RawPublicKeyIdentity raw && key.equals(raw.getKey());
    }
  }

  /** Whom one of these authorities calls so. */
  record IsCertified(List<X509Certificate> trust, String subject) implements PeerIdentity {
    public IsCertified {
      trust = List.copyOf(trust);
    }

    @Override
    public boolean is(@Nullable Principal principal) {
      return principal instanceof X509CertPath path
          && subject.equals(commonName(path.getTarget()))
          && isIssued(path.getPath().getCertificates());
    }

    /** Other meters may have other authorities, whose word counts for those only. */
    private boolean isIssued(List<? extends Certificate> path) {
      Certificate last = path.getLast();
      return trust.stream()
          .anyMatch(authority -> last.equals(authority) || signed(last, authority));
    }

    private static boolean signed(Certificate certificate, X509Certificate authority) {
      try {
        certificate.verify(authority.getPublicKey());
        return true;
      } catch (GeneralSecurityException e) {
        return false;
      }
    }

    private static String commonName(X509Certificate certificate) {
      try {
        return new LdapName(certificate.getSubjectX500Principal().getName())
            .getRdns().stream()
                .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                .map(Rdn::getValue)
                .map(String::valueOf)
                .findFirst()
                .orElse("");
      } catch (InvalidNameException e) {
        return "";
      }
    }
  }

  /**
   * Reads what a plant file names.
   *
   * @throws IOException if a file cannot be read, or is open to others; the message names it
   */
  static PeerIdentity of(CoapSecurity security) throws IOException {
    return switch (security) {
      case CoapSecurity.None none -> new Anybody();
      case CoapSecurity.PreSharedKey(String identity, var file) ->
          new KnowsKey(identity, SecretFiles.preSharedKey(file));
      case CoapSecurity.RawPublicKey(var key) -> new HasKey(SecretFiles.jdk(key));
      case CoapSecurity.Certificate(var file, String subject) ->
          new IsCertified(SecretFiles.certificates(file), subject);
    };
  }
}

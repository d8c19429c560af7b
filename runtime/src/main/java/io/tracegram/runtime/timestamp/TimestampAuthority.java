package io.tracegram.runtime.timestamp;

import io.tracegram.ledger.evidence.log.SignedNote;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An RFC 3161 time-stamping authority as somebody here trusts it. Immutable.
 *
 * @param name file name of its tokens, {@code [a-z0-9][a-z0-9-]{0,63}}
 * @param anchors certificates that its own one must lead to, at least one
 * @param policy OID that its tokens must be issued under; empty to accept any
 */
public record TimestampAuthority(
    String name, List<X509Certificate> anchors, Optional<String> policy) {
  static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";
  private static final String OID = "[0-2](\\.(0|[1-9][0-9]{0,17})){1,30}";
  private static final long MAX_ANCHORS_LENGTH = 1 << 20;

  public TimestampAuthority {
    anchors = List.copyOf(anchors);
    if (!isName(name)) {
      throw new IllegalArgumentException("not the name of an authority: " + name);
    }
    if (anchors.isEmpty()) {
      throw new IllegalArgumentException("no trust anchor for " + name);
    }
    policy.ifPresent(TimestampAuthority::checkedPolicy);
  }

  static boolean isName(String name) {
    return name.matches(NAME);
  }

  /**
   * Returns the OID.
   *
   * @throws IllegalArgumentException if it is none; the message completes "the policy …"
   */
  public static String checkedPolicy(String oid) {
    if (!oid.matches(OID)) {
      throw new IllegalArgumentException("must be an OID such as 1.3.6.1.4.1.4146.2.3");
    }
    return oid;
  }

  /**
   * Reads trust anchors, one or more PEM certificates.
   *
   * @throws IOException if the file cannot be read or holds none; the message names the file
   */
  public static List<X509Certificate> readAnchors(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file + ": put the authority's certificate there");
    }
    if (Files.size(file) > MAX_ANCHORS_LENGTH) {
      throw new IOException(file + " is too long for a file of certificates");
    }
    List<X509Certificate> anchors = new ArrayList<>();
    try (var in = Files.newInputStream(file)) {
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        anchors.add((X509Certificate) certificate);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no PEM certificates: " + e.getMessage(), e);
    }
    if (anchors.isEmpty()) {
      throw new IOException(file + " holds no PEM certificate");
    }
    return anchors;
  }

  /** Makes a request for a token over a checkpoint. */
  public TimestampRequest request(SignedNote checkpoint, BigInteger nonce) {
    return TimestampRequest.of(checkpoint, policy, nonce);
  }

  /** Judges what the authority answered to a request of this process. */
  public TimestampVerdict judge(TimestampRequest request, byte[] response) {
    return TokenCheck.of(this, request.imprint(), Optional.of(request.nonce()), response);
  }

  /** Judges a stored response, whose nonce nobody knows any more. */
  public TimestampVerdict judge(SignedNote checkpoint, byte[] response) {
    return TokenCheck.of(this, TimestampRequest.imprint(checkpoint), Optional.empty(), response);
  }
}

package io.tracegram.runtime.timestamp;

import io.tracegram.ledger.evidence.Hash;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.SignerId;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.GenTimeAccuracy;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.tsp.TimeStampTokenInfo;

/** Judges one response of a time-stamping authority, each step against its attacker. Stateless. */
final class TokenCheck {
  /** Longest response looked at, in bytes. */
  static final int MAX_LENGTH = 65_536;

  private static final int MAX_REASON = 300;
  private static final Set<String> SOUND_DIGESTS =
      Set.of(
          NISTObjectIdentifiers.id_sha256.getId(),
          NISTObjectIdentifiers.id_sha384.getId(),
          NISTObjectIdentifiers.id_sha512.getId());

  private TokenCheck() {}

  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    Refusal(String reason) {
      super(reason, null, false, false);
    }
  }

  static TimestampVerdict of(
      TimestampAuthority authority, Hash imprint, Optional<BigInteger> nonce, byte[] response) {
    try {
      TimeStampToken token = token(response);
      TimeStampTokenInfo info = token.getTimeStampInfo();
      content(info, imprint, nonce, authority.policy());
      X509Certificate signer = signer(token);
      Date genTime = info.getGenTime();
      AuthorityPath.check(signer, certificates(token), authority.anchors(), genTime);
      return new TimestampVerdict.Proven(
          authority.name(),
          genTime.toInstant().toEpochMilli(),
          accuracy(info.getGenTimeAccuracy()),
          signer.getSubjectX500Principal().getName());
    } catch (Refusal | GeneralSecurityException e) {
      return refused(authority, String.valueOf(e.getMessage()));
    } catch (TSPException | IOException | OperatorCreationException e) {
      return refused(authority, "not a sound token: " + e.getMessage());
    } catch (RuntimeException e) {
      // Bouncy Castle's parsers throw many kinds on hostile DER; each of them means the same
      return refused(authority, "not a token: " + e.getMessage());
    }
  }

  /** Attacker: answers garbage, something huge, or that it will not. */
  private static TimeStampToken token(byte[] encoded) throws Refusal, IOException, TSPException {
    if (encoded.length == 0 || encoded.length > MAX_LENGTH) {
      throw new Refusal("a response of " + encoded.length + " bytes");
    }
    ASN1Primitive.fromByteArray(encoded); // refuses trailing bytes, which the next line overlooks
    TimeStampResponse response = new TimeStampResponse(encoded);
    int status = response.getStatus();
    if (status != PKIStatus.GRANTED && status != PKIStatus.GRANTED_WITH_MODS) {
      throw new Refusal(
          "the authority declined, status %d: %s".formatted(status, response.getStatusString()));
    }
    TimeStampToken token = response.getTimeStampToken();
    if (token == null) {
      throw new Refusal("granted, but without a token");
    }
    if (!CMSObjectIdentifiers.signedData.equals(
        token.toCMSSignedData().toASN1Structure().getContentType())) {
      throw new Refusal("the token is no CMS signed data");
    }
    return token;
  }

  /** Attacker: a token over something else, an old one again, or under a weaker policy. */
  private static void content(
      TimeStampTokenInfo info, Hash imprint, Optional<BigInteger> nonce, Optional<String> policy)
      throws Refusal {
    if (!info.getMessageImprintAlgOID().equals(TSPAlgorithms.SHA256)
        || !Arrays.equals(info.getMessageImprintDigest(), imprint.bytes())) {
      throw new Refusal("the token is over something else than this checkpoint");
    }
    if (nonce.isPresent() && !nonce.get().equals(info.getNonce())) {
      throw new Refusal("the token does not carry the request's nonce: it may be an old one");
    }
    if (policy.isPresent() && !policy.get().equals(info.getPolicy().getId())) {
      throw new Refusal(
          "issued under policy " + info.getPolicy().getId() + ", not " + policy.get());
    }
  }

  /**
   * Attacker: signs with a certificate that is not for timestamps, or names another one.
   *
   * <p>RFC 3161 §2.3 and §2.4.2, RFC 5816: exactly the critical purpose timeStamping, the
   * certificate that ESSCertID or ESSCertIDv2 names, valid at genTime, and its signature.
   */
  private static X509Certificate signer(TimeStampToken token)
      throws Refusal, TSPException, OperatorCreationException, GeneralSecurityException {
    SignerId id = token.getSID();
    List<X509CertificateHolder> named =
        token.getCertificates().getMatches(null).stream().filter(id::match).toList();
    if (named.size() != 1) {
      throw new Refusal("the token carries " + named.size() + " certificates of its signer, not 1");
    }
    for (SignerInformation signer : token.toCMSSignedData().getSignerInfos().getSigners()) {
      if (!SOUND_DIGESTS.contains(signer.getDigestAlgOID())) {
        throw new Refusal("signed with a digest that is not believed: " + signer.getDigestAlgOID());
      }
    }
    token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(named.getFirst()));
    return new JcaX509CertificateConverter().getCertificate(named.getFirst());
  }

  private static List<X509Certificate> certificates(TimeStampToken token)
      throws GeneralSecurityException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
      certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
    }
    return certificates;
  }

  private static OptionalLong accuracy(GenTimeAccuracy accuracy) {
    if (accuracy == null) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        1_000L * accuracy.getSeconds() + accuracy.getMillis() + (accuracy.getMicros() > 0 ? 1 : 0));
  }

  private static TimestampVerdict refused(TimestampAuthority authority, String reason) {
    String shown = reason.replaceAll("\\p{Cntrl}", " ");
    return new TimestampVerdict.Refused(
        authority.name(),
        shown.length() <= MAX_REASON ? shown : shown.substring(0, MAX_REASON) + "…");
  }
}

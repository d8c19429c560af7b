package io.tracegram.runtime.timestamp;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.statement.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;

/**
 * A request for a token over a checkpoint (RFC 3161 §2.4.1), asking for the certificate too.
 *
 * @param imprint SHA-256 of the checkpoint's text
 * @param encoded DER
 */
public record TimestampRequest(Hash imprint, BigInteger nonce, Content encoded) {
  static TimestampRequest of(SignedNote checkpoint, Optional<String> policy, BigInteger nonce) {
    Hash imprint = imprint(checkpoint);
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    policy.ifPresent(oid -> generator.setReqPolicy(new ASN1ObjectIdentifier(oid)));
    try {
      byte[] encoded =
          generator.generate(TSPAlgorithms.SHA256, imprint.bytes(), nonce).getEncoded();
      return new TimestampRequest(imprint, nonce, Content.of(encoded));
    } catch (IOException e) {
      throw new UncheckedIOException("a request that cannot be encoded", e);
    }
  }

  /**
   * Returns what is stamped: SHA-256 of the checkpoint body, which is the bytes that the log and
   * its cosigners signed: the note's text up to and with the newline of its last line, without the
   * empty line and the signatures. So a token stays valid whatever cosignatures join later, and
   * anyone can compute it from any copy of the checkpoint.
   */
  public static Hash imprint(SignedNote checkpoint) {
    return Hash.sha256(checkpoint.text().getBytes(StandardCharsets.UTF_8));
  }
}

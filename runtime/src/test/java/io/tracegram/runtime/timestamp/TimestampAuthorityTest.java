package io.tracegram.runtime.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens over a checkpoint, honest and hostile. */
class TimestampAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:01.250Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final BigInteger NONCE = new BigInteger("1234567890123456789");
  private static final PrivateKey LOG = PrivateKey.of(Algorithm.ED25519, new byte[32]);
  private static final SignedNote NOTE = note(7);
  private static final Duration YEAR = Duration.ofDays(365);

  private final SimulatedAuthority honest = SimulatedAuthority.create(CLOCK, new SecureRandom());
  private final TimestampAuthority trusted = trust(honest.anchor());

  @Test
  void believesATokenOfItsAuthorityAndSaysItsTime() throws Exception {
    TimestampRequest request = trusted.request(NOTE, NONCE);
    byte[] response = honest.answer(request.encoded().bytes());
    TimestampVerdict expected =
        new TimestampVerdict.Proven(
            "tsa", NOW.toEpochMilli(), OptionalLong.of(1_000), "CN=Tracegram simulated authority");

    assertThat(trusted.judge(request, response)).isEqualTo(expected);
    assertThat(trusted.judge(NOTE, response)).as("years later, without nonce").isEqualTo(expected);
  }

  @Test
  void believesTokensThatOpenSslIssuedOverTheBytesOfTheCheckpointBody(@TempDir Path directory)
      throws Exception {
    Path anchor = directory.resolve("ca.pem");
    Files.write(anchor, vector("ca.pem"));
    SignedNote note =
        new SignedNote(new String(vector("checkpoint-body"), StandardCharsets.UTF_8), List.of());
    TimestampAuthority authority =
        new TimestampAuthority(
            "openssl", TimestampAuthority.readAnchors(anchor), Optional.of("2.999.1"));
    for (String token : List.of("ess-v1.tsr", "ess-v2.tsr")) {
      assertThat(authority.judge(note, vector(token)))
          .as(token)
          .isEqualTo(
              new TimestampVerdict.Proven(
                  "openssl",
                  Instant.parse("2026-11-23T17:49:28Z").toEpochMilli(),
                  OptionalLong.of(1_501),
                  "CN=OpenSSL test authority"));
    }
    assertRefused(authority.judge(NOTE, vector("ess-v2.tsr")), "something else");
  }

  @Test
  void refusesATokenOverAnotherCheckpointOrWithAnotherNonceOrPolicy() throws Exception {
    TimestampRequest request = trusted.request(NOTE, NONCE);
    byte[] ofAnother = honest.answer(trusted.request(note(8), NONCE).encoded().bytes());
    byte[] old = honest.answer(trusted.request(NOTE, BigInteger.TEN).encoded().bytes());
    TimestampAuthority strict =
        new TimestampAuthority("tsa", List.of(honest.anchor()), Optional.of("1.2.3.4"));

    assertRefused(trusted.judge(request, ofAnother), "over something else than this checkpoint");
    assertRefused(trusted.judge(request, old), "nonce");
    assertRefused(
        strict.judge(NOTE, honest.answer(request.encoded().bytes())),
        "issued under policy 2.999.3161.1, not 1.2.3.4");
  }

  @Test
  void refusesAuthoritiesThatLeadToNoTrustAnchor() throws Exception {
    SimulatedAuthority stranger = SimulatedAuthority.create(CLOCK, new SecureRandom());
    TimestampRequest request = trusted.request(NOTE, NONCE);
    assertRefused(
        trusted.judge(request, stranger.answer(request.encoded().bytes())),
        "leads to none of the configured trust anchors");
  }

  @Test
  void refusesCertificatesThatAreNotOnlyAndCriticallyForTimestamps() throws Exception {
    Instant from = NOW.minus(YEAR);
    Certificates root = new Certificates(from, YEAR.multipliedBy(5));
    TimestampAuthority trust = trust(root.anchor);
    Duration life = YEAR.multipliedBy(2);

    KeyPurposeId stamping = KeyPurposeId.id_kp_timeStamping;
    assertProven(trust, root.authority(true, from, life, CLOCK, stamping));
    assertRefused(answered(trust, root.authority(true, from, life, CLOCK)), "ExtendedKeyUsage");
    assertRefused(
        answered(trust, root.authority(false, from, life, CLOCK, stamping)), "marked as critical");
    assertRefused(
        answered(
            trust,
            root.authority(true, from, life, CLOCK, stamping, KeyPurposeId.id_kp_codeSigning)),
        "ExtendedKeyUsage");
    assertRefused(
        answered(trust, root.authority(true, from, life, CLOCK, KeyPurposeId.id_kp_serverAuth)),
        "ExtendedKeyUsage");
  }

  @Test
  void judgesCertificatesAsOfTheTokensTime() throws Exception {
    Instant from = NOW.minus(YEAR);
    Certificates root = new Certificates(from, YEAR.multipliedBy(5));
    KeyPurposeId stamping = KeyPurposeId.id_kp_timeStamping;
    Duration day = Duration.ofDays(1);
    SimulatedAuthority expired = root.authority(true, from, day, CLOCK, stamping);
    SimulatedAuthority early = root.authority(true, NOW.plus(day), YEAR, CLOCK, stamping);
    Clock then = Clock.fixed(from.plusSeconds(60), ZoneOffset.UTC);

    assertRefused(answered(trust(root.anchor), expired), "not valid");
    assertRefused(answered(trust(root.anchor), early), "not valid");
    assertProven(trust(root.anchor), root.authority(true, from, day, then, stamping));

    Certificates shortRoot = new Certificates(from, day);
    assertRefused(
        answered(
            trust(shortRoot.anchor),
            shortRoot.authority(true, from, YEAR.multipliedBy(2), CLOCK, stamping)),
        "trust anchor was not valid");
  }

  @Test
  void noChangedByteMakesAResponseSayAnythingElse() throws Exception {
    byte[] response = honest.answer(trusted.request(NOTE, NONCE).encoded().bytes());
    TimestampVerdict said = trusted.judge(NOTE, response);
    int refused = 0;
    for (int i = 0; i < response.length; i++) {
      byte[] changed = response.clone();
      changed[i] ^= 0x01;
      TimestampVerdict verdict = trusted.judge(NOTE, changed);
      if (verdict instanceof TimestampVerdict.Refused) {
        refused++;
      } else {
        assertThat(verdict).as("byte " + i).isEqualTo(said);
      }
    }
    // the rest is covered by no signature and says nothing, such as the text "Operation Okay"
    assertThat(refused).isGreaterThan(response.length * 9 / 10);
  }

  @Test
  void refusesGarbageWithinBounds() throws Exception {
    byte[] response = honest.answer(trusted.request(NOTE, NONCE).encoded().bytes());
    byte[] trailing = Arrays.copyOf(response, response.length + 1);
    byte[] cut = Arrays.copyOf(response, response.length - 1);
    byte[] declined = {0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02};
    for (byte[] garbage :
        List.of(
            new byte[0],
            new byte[] {0x30},
            "<html>503</html>".getBytes(StandardCharsets.UTF_8),
            trailing,
            cut,
            nested(10_000, (byte) 0x30),
            nested(10_000, (byte) 0xA0),
            indefinite(30_000),
            new byte[] {0x30, (byte) 0x84, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x02},
            new byte[TokenCheck.MAX_LENGTH + 1])) {
      assertThat(trusted.judge(NOTE, garbage)).isInstanceOf(TimestampVerdict.Refused.class);
    }
    assertRefused(trusted.judge(NOTE, declined), "declined, status 2");
  }

  private static byte[] nested(int depth, byte tag) {
    byte[] der = new byte[0];
    for (int i = 0; i < depth; i++) {
      int length = der.length;
      byte[] head =
          length < 128
              ? new byte[] {tag, (byte) length}
              : new byte[] {tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
      byte[] outer = Arrays.copyOf(head, head.length + length);
      System.arraycopy(der, 0, outer, head.length, length);
      der = outer;
    }
    return der;
  }

  private static byte[] indefinite(int depth) {
    byte[] ber = new byte[2 * depth];
    for (int i = 0; i < ber.length; i += 2) {
      ber[i] = 0x30;
      ber[i + 1] = (byte) 0x80;
    }
    return ber;
  }

  private static TimestampVerdict answered(TimestampAuthority trust, SimulatedAuthority authority)
      throws Exception {
    TimestampRequest request = trust.request(NOTE, NONCE);
    return trust.judge(request, authority.answer(request.encoded().bytes()));
  }

  private static void assertProven(TimestampAuthority trust, SimulatedAuthority authority)
      throws Exception {
    assertThat(answered(trust, authority)).isInstanceOf(TimestampVerdict.Proven.class);
  }

  private static void assertRefused(TimestampVerdict verdict, String reason) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            TimestampVerdict.Refused.class,
            refused -> assertThat(refused.reason()).contains(reason));
  }

  private static TimestampAuthority trust(X509Certificate anchor) {
    return new TimestampAuthority("tsa", List.of(anchor), Optional.empty());
  }

  static SignedNote note(long size) {
    NoteKey key = new NoteKey("example.com/refinery", NoteKey.Type.LOG, LOG.publicKey());
    return SignedNote.signedBy(
        new Checkpoint(key.name(), size, Hash.sha256(new byte[] {(byte) size})).text(), key, LOG);
  }

  private static byte[] vector(String name) throws Exception {
    try (InputStream in =
        TimestampAuthorityTest.class.getResourceAsStream("/vectors/openssl-ts/" + name)) {
      return java.util.Objects.requireNonNull(in).readAllBytes();
    }
  }
}

package io.tracegram.edge.device.coap;

import static io.tracegram.edge.device.coap.CoapFixture.codes;
import static io.tracegram.edge.device.coap.CoapFixture.energies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.Observation;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.runtime.config.CoapSecurity;
import io.tracegram.runtime.key.KeyFiles;
import io.tracegram.runtime.profile.CoapProfile.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.eclipse.californium.elements.exception.ConnectorException;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three ways of RFC 7252 §9, in both directions, each with who must not be believed. */
class CoapDtlsTest {
  private static final String KEY = "30313233343536373839616263646566";
  private static final String OTHER = "30313233343536373839616263646500";

  private final Path directory;
  private final TestAuthority authority = new TestAuthority("plant");
  private final TestAuthority stranger = new TestAuthority("stranger");
  private final KeyPair meterKeys = TestAuthority.keyPair();
  private final KeyPair agentKeys = TestAuthority.keyPair();

  CoapDtlsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  // ---- what the plant file says of the meter

  private CoapSecurity shared(String identity, String key) throws IOException {
    return new CoapSecurity.PreSharedKey(
        identity, TestAuthority.secret(directory.resolve(identity + ".psk"), key + "\n"));
  }

  private CoapSecurity raw(KeyPair keys) {
    byte[] encoded = keys.getPublic().getEncoded();
    byte[] point = new byte[65];
    System.arraycopy(encoded, encoded.length - 65, point, 0, 65);
    return new CoapSecurity.RawPublicKey(PublicKey.of(Algorithm.ES256, point));
  }

  private CoapSecurity certified(String subject, TestAuthority by)
      throws IOException, GeneralSecurityException {
    return new CoapSecurity.Certificate(
        TestAuthority.write(directory.resolve("trust.pem"), by.certificate()), subject);
  }

  // ---- what the meter does

  private static Consumer<DtlsConnectorConfig.Builder> knows(String identity, String key) {
    return setup ->
        setup.setAdvancedPskStore(
            new AdvancedSinglePskStore(identity, HexFormat.of().parseHex(key)));
  }

  private static Consumer<DtlsConnectorConfig.Builder> hasRaw(
      KeyPair own, java.security.PublicKey peer) {
    return setup ->
        setup
            .setCertificateIdentityProvider(
                new SingleCertificateProvider(own.getPrivate(), own.getPublic()))
            .setAdvancedCertificateVerifier(
                StaticNewAdvancedCertificateVerifier.builder()
                    .setTrustedRPKs(new RawPublicKeyIdentity(peer))
                    .build());
  }

  private Consumer<DtlsConnectorConfig.Builder> isCalled(String name, TestAuthority by) {
    return setup ->
        setup
            .setCertificateIdentityProvider(
                new SingleCertificateProvider(
                    meterKeys.getPrivate(),
                    new X509Certificate[] {by.issue(name, meterKeys)},
                    CertificateType.X_509))
            .setAdvancedCertificateVerifier(
                StaticNewAdvancedCertificateVerifier.builder()
                    .setTrustedCertificates(authority.certificate())
                    .build());
  }

  private CoapFixture agent() {
    return new CoapFixture(directory.resolve("keys"));
  }

  private CoapFixture certifiedAgent() throws Exception {
    X509Certificate own = authority.issue("agent", agentKeys);
    return new CoapFixture(
        directory.resolve("keys"),
        Optional.of(TestAuthority.write(directory.resolve("agent.pem"), own)),
        Optional.of(TestAuthority.write(directory.resolve("agent.key"), agentKeys)));
  }

  private java.security.PublicKey agentKey() throws IOException {
    return SecretFiles.jdk(
        new KeyFiles(directory.resolve("keys"), new SecureRandom())
            .loadOrCreate("coap", Algorithm.ES256)
            .publicKey());
  }

  // ---- polled

  private static List<Observation> polled(CoapFixture agent, DtlsMeter meter, CoapSecurity security)
      throws InterruptedException {
    return agent.served(Mode.POLL, meter.address(), security).poll();
  }

  @Test
  void readsAMeterThatKnowsTheSharedKeyAndNoneThatDoesNot() throws Exception {
    try (CoapFixture agent = agent();
        DtlsMeter meter = new DtlsMeter(knows("m1", KEY))) {
      assertThat(energies(polled(agent, meter, shared("m1", KEY))))
          .containsExactly(CoapFixture.ENERGY);
      assertThat(polled(agent, meter, shared("m1", OTHER)))
          .singleElement()
          .isInstanceOf(Observation.Bad.class);
      assertThat(meter.asked).hasValue(1);
    }
  }

  @Test
  void readsAMeterThatHasTheKeyAndNoneWithAnother() throws Exception {
    try (CoapFixture agent = agent();
        DtlsMeter meter = new DtlsMeter(hasRaw(meterKeys, agentKey()))) {
      assertThat(energies(polled(agent, meter, raw(meterKeys))))
          .containsExactly(CoapFixture.ENERGY);
      assertThat(codes(polled(agent, meter, raw(TestAuthority.keyPair()))))
          .containsExactly("coap.handshake");
      assertThat(meter.asked).hasValue(1);
    }
  }

  @Test
  void readsAMeterThatIsCertifiedAndNeitherAStrangersNorAnother() throws Exception {
    try (CoapFixture agent = certifiedAgent();
        DtlsMeter meter = new DtlsMeter(isCalled("m1", authority))) {
      assertThat(energies(polled(agent, meter, certified("m1", authority))))
          .containsExactly(CoapFixture.ENERGY);
      assertThat(codes(polled(agent, meter, certified("m1", stranger))))
          .containsExactly("coap.handshake");
      assertThat(codes(polled(agent, meter, certified("m2", authority))))
          .containsExactly("coap.wrong-identity");
    }
  }

  // ---- pushed

  private void pushes(
      CoapFixture agent, CoapSecurity security, Consumer<DtlsConnectorConfig.Builder> meter)
      throws Exception {
    Meter pushing = agent.pushing("/m1", security);
    assertThat(pushing.poll()).isEmpty();
    try (DtlsMeter peer = new DtlsMeter(meter)) {
      CoapResponse answer = peer.push(agent.securePort, "/m1");
      assertThat(answer.getCode()).isEqualTo(ResponseCode.CHANGED);
    }
    assertThat(energies(agent.told)).containsExactly(CoapFixture.ENERGY);
    assertThat(pushing.poll()).isEmpty();
  }

  private static void isTurnedAway(CoapFixture agent, Consumer<DtlsConnectorConfig.Builder> peer)
      throws Exception {
    agent.told.clear();
    try (DtlsMeter stranger = new DtlsMeter(peer)) {
      CoapResponse answer = pushed(stranger, agent);
      if (answer != null) {
        assertThat(answer.getCode()).isEqualTo(ResponseCode.FORBIDDEN);
      }
    }
    await()
        .untilAsserted(
            () -> assertThat(codes(agent.told)).containsAnyOf("coap.handshake", "coap.forbidden"));
    assertThat(energies(agent.told)).isEmpty();
  }

  private static @Nullable CoapResponse pushed(DtlsMeter stranger, CoapFixture agent) {
    try {
      return stranger.push(agent.securePort, "/m1");
    } catch (ConnectorException | IOException e) {
      return null; // no handshake, no answer
    }
  }

  @Test
  void hearsWhoKnowsTheSharedKeyAndNobodyElse() throws Exception {
    try (CoapFixture agent = agent()) {
      CoapSecurity m1 = shared("m1", KEY);
      agent.pushing("/m2", shared("m2", OTHER));
      pushes(agent, m1, knows("m1", KEY));

      isTurnedAway(agent, knows("m2", OTHER)); // a meter, and not this one
      isTurnedAway(agent, knows("nobody", KEY));
      isTurnedAway(agent, knows("m1", OTHER));
    }
  }

  @Test
  void hearsWhoHasTheKeyAndNobodyElse() throws Exception {
    try (CoapFixture agent = agent()) {
      pushes(agent, raw(meterKeys), hasRaw(meterKeys, agentKey()));

      isTurnedAway(agent, hasRaw(TestAuthority.keyPair(), agentKey()));
    }
  }

  @Test
  void hearsWhoIsCertifiedAndNobodyElse() throws Exception {
    try (CoapFixture agent = certifiedAgent()) {
      pushes(agent, certified("m1", authority), isCalled("m1", authority));

      isTurnedAway(agent, isCalled("m2", authority));
      isTurnedAway(agent, isCalled("m1", stranger));
    }
  }

  @Test
  void hearsMetersOfAllThreeWaysAtOneSocket() throws Exception {
    try (CoapFixture agent = certifiedAgent()) {
      Meter shared = agent.pushing("/m1", shared("m1", KEY));
      agent.pushing("/m2", raw(TestAuthority.keyPair()));
      agent.pushing("/m3", certified("m3", authority));
      assertThat(shared.poll()).isEmpty();

      try (DtlsMeter one = new DtlsMeter(knows("m1", KEY));
          DtlsMeter three = new DtlsMeter(isCalled("m3", authority))) {
        assertThat(one.push(agent.securePort, "/m1").getCode()).isEqualTo(ResponseCode.CHANGED);
        assertThat(three.push(agent.securePort, "/m3").getCode()).isEqualTo(ResponseCode.CHANGED);
        assertThat(three.push(agent.securePort, "/m1").getCode()).isEqualTo(ResponseCode.FORBIDDEN);
      }
    }
  }

  // ---- files

  @Test
  void readsNoSecretThatOthersCouldRead() throws Exception {
    Path file = directory.resolve("open.psk");
    Files.writeString(file, KEY);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    try (CoapFixture agent = agent();
        DtlsMeter meter = new DtlsMeter(knows("m1", KEY))) {
      CoapSecurity open = new CoapSecurity.PreSharedKey("m1", file);

      List<Observation> read = polled(agent, meter, open);
      assertThat(codes(read)).containsExactly("coap.cannot-open");
      assertThat(((Observation.Bad) read.getFirst()).reason()).contains("chmod 600 " + file);
      assertThat(codes(agent.pushing("/m1", open).poll())).containsExactly("coap.cannot-listen");
    }
  }

  @Test
  void neverSaysWhatStandsInASecretFile() throws Exception {
    String almost = "zz" + KEY;
    try (CoapFixture agent = agent();
        DtlsMeter meter = new DtlsMeter(knows("m1", KEY))) {
      List<Observation> read = polled(agent, meter, shared("m1", almost));

      assertThat(codes(read)).containsExactly("coap.cannot-open");
      assertThat(read.toString()).doesNotContain(KEY).doesNotContain(almost);
      Path pem =
          TestAuthority.secret(
              directory.resolve("bad.key"),
              "-----BEGIN PRIVATE KEY-----\nAAAA" + KEY + "\n-----END PRIVATE KEY-----\n");
      assertThat(failure(pem)).contains(pem.toString()).doesNotContain(KEY);
    }
  }

  private static String failure(Path pem) {
    try {
      return "read " + SecretFiles.privateKey(pem);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void isHeardOnceItsKeyIsThere() throws Exception {
    Path file = directory.resolve("late.psk");
    try (CoapFixture agent = agent()) {
      Meter late = agent.pushing("/m1", new CoapSecurity.PreSharedKey("m1", file));
      assertThat(codes(late.poll())).containsExactly("coap.cannot-listen");

      TestAuthority.secret(file, KEY);
      agent.pass(java.time.Duration.ofSeconds(2));
      assertThat(late.poll()).isEmpty();
      try (DtlsMeter meter = new DtlsMeter(knows("m1", KEY))) {
        assertThat(meter.push(agent.securePort, "/m1").getCode()).isEqualTo(ResponseCode.CHANGED);
      }
    }
  }
}

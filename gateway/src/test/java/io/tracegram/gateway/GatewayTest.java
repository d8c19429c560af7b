package io.tracegram.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tracegram.gateway.problem.Problem;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Receipt;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.ledger.verification.LogReplay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GatewayTest {
  private final PlantFixture plant;
  private Gateway gateway;

  GatewayTest(@TempDir Path data) throws IOException {
    plant = new PlantFixture(data);
    gateway = plant.start(false);
  }

  private boolean stopped;

  @BeforeEach
  void isReady() throws Exception {
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @AfterEach
  void stop() throws IOException {
    if (!stopped) {
      gateway.stop();
      stopped = true;
    }
  }

  @Test
  void acknowledgesOnlyWhatIsOnDisk() throws Exception {
    StatementChain chain = plant.chain();
    SignedStatement statement = PlantFixture.reading(chain, 0);
    try (PahoAgent agent = agent()) {
      assertThat(agent.publish(statement)).isEqualTo(new PahoAgent.Answer(0, ""));
      // the leaf can be read back through the page cache at once, and after a restart below
      assertThat(gateway.counters().admitted()).isEqualTo(1);
    }
    stop();

    assertThat(plant.loggedByAgents())
        .singleElement()
        .satisfies(logged -> assertThat(logged.encoded()).isEqualTo(statement.encoded()));
  }

  @Test
  void refusesEachKindOfBadStatementWithItsReason() throws Exception {
    StatementChain chain = plant.chain();
    SignedStatement good = PlantFixture.reading(chain, 0);
    try (PahoAgent agent = agent()) {
      byte[] flipped = good.encoded();
      flipped[flipped.length - 1] ^= 1;
      refused(agent.publish(flipped), 0x87, "statement.bad-signature");

      byte[] truncated = Arrays.copyOf(good.encoded(), good.encoded().length - 3);
      refused(agent.publish(truncated), 0x99, "statement.malformed");

      refused(agent.publish(new byte[65_001]), 0x99, "statement.too-large");

      StatementChain stranger =
          new StatementChain(
              PlantFixture.FACILITY,
              PlantFixture.AGENT,
              PlantFixture.key(Algorithm.ES256, 99),
              1,
              1,
              0,
              Hash.ZERO);
      refused(agent.publish(PlantFixture.reading(stranger, 0)), 0x87, "statement.unknown-key");

      StatementChain other =
          new StatementChain(
              PlantFixture.FACILITY, PlantFixture.OTHER_AGENT, plant.otherKey, 1, 1, 0, Hash.ZERO);
      refused(agent.publish(PlantFixture.reading(other, 0)), 0x87, "statement.foreign");

      SignedStatement gatewayKind =
          plant.chain().sign(new Body.IntervalClose(0), 0, 0, ClockStatus.RELATIVE);
      refused(agent.publish(gatewayKind), 0x87, "statement.kind-not-allowed");

      refused(
          agent.publish(PahoAgent.statements(PlantFixture.OTHER_AGENT), good.encoded()),
          0x87,
          "statement.wrong-topic");

      SignedStatement gap =
          plant.chain().sign(new Body.Gap(1, 5, Hash.ZERO), 0, 0, ClockStatus.RELATIVE);
      refused(agent.publish(gap), 0x99, "statement.bad-gap");

      SignedStatement far =
          PlantFixture.reading(
              new StatementChain(
                  PlantFixture.FACILITY,
                  PlantFixture.AGENT,
                  plant.agentKey,
                  1,
                  1,
                  1_000_000,
                  Hash.ZERO),
              0);
      refused(agent.publish(far), 0x83, "statement.sequence-implausible");

      assertThat(agent.publish(good).code()).as("the good one still passes").isZero();
      assertThat(agent.isConnected()).isTrue();
    }
    assertThat(gateway.counters().admitted()).isEqualTo(1);
    assertThat(gateway.counters().refusedTotal()).isEqualTo(9);
    assertThat(gateway.problems().list())
        .extracting(Problem::code)
        .contains("statement.bad-signature", "statement.malformed", "statement.unknown-key");
  }

  @Test
  void acknowledgesAnIdenticalRepeatWithoutALeafAndRefusesAFork() throws Exception {
    SignedStatement first = PlantFixture.reading(plant.chain(), 0);
    SignedStatement fork = PlantFixture.reading(plant.chain(), 0, 999);
    try (PahoAgent agent = agent()) {
      assertThat(agent.publish(first).code()).isZero();
      long size = gateway.log().size();
      assertThat(agent.publish(first).code()).isZero();
      refused(agent.publish(fork), 0x83, "statement.fork");
      assertThat(gateway.log().size()).isEqualTo(size);
    }
    assertThat(gateway.counters().repeated()).isEqualTo(1);
    assertThat(gateway.problems().find("statement.fork", PlantFixture.AGENT)).isPresent();
  }

  @Test
  void refusesAnUnknownAgentAtConnect() {
    assertThatThrownBy(() -> new PahoAgent("stranger", gateway.mqttPort()))
        .isInstanceOf(MqttException.class)
        .hasMessageContaining("ot authorized");
    assertThat(gateway.problems().find("mqtt.unknown-agent", "mqtt")).isPresent();
  }

  @Test
  void closesConnectionsOfGarbageWhileAnotherGoesOnPublishing() throws Exception {
    StatementChain chain = plant.chain();
    List<byte[]> garbage = new ArrayList<>();
    garbage.add("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    garbage.add(new byte[] {0x30, 5, 0, 1, 'a', 1, 2}); // PUBLISH before CONNECT
    garbage.add(new byte[] {0x10, 12, 0, 4, 'X', 'X', 'X', 'X', 5, 0, 0, 0, 0, 0});
    byte[] oversized = {0x32, (byte) 0xF1, (byte) 0xA2, 0x04, 0, 1, 'a', 0, 1, 0}; // 70,001 bytes
    garbage.add(afterConnect(oversized));
    garbage.add(afterConnect(new byte[] {0x36, 5, 0, 1, 'a', 1, 2})); // QoS 3
    garbage.add(afterConnect(new byte[] {0x34, 6, 0, 1, 'a', 0, 1, 0})); // QoS 2
    for (int type : new int[] {0, 2, 4, 6, 8, 10, 12, 14}) {
      byte[] noise = new byte[4_096];
      new Random(type).nextBytes(noise);
      noise[0] = (byte) (type << 4);
      garbage.add(noise);
    }

    try (PahoAgent agent = agent()) {
      for (int i = 0; i < garbage.size(); i++) {
        assertThat(closesAfter(garbage.get(i))).as("garbage %d", i).isTrue();
        assertThat(agent.publish(PlantFixture.reading(chain, i)).code()).isZero();
      }
    }
    await()
        .atMost(5, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(gateway.counters().refused().get("mqtt.protocol-error"))
                    .isEqualTo(garbage.size()));
  }

  @Test
  void answersAnOldClientsBadStatementByClosingItsConnection() throws Exception {
    byte[] connect = {0x10, 22, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 10};
    byte[] packet = join(connect, PlantFixture.OTHER_AGENT.getBytes(StandardCharsets.US_ASCII));
    byte[] topic =
        PahoAgent.statements(PlantFixture.OTHER_AGENT).getBytes(StandardCharsets.US_ASCII);
    byte[] publish =
        join(new byte[] {0x32, (byte) (topic.length + 5), 0, (byte) topic.length}, topic);

    assertThat(closesAfter(join(packet, join(publish, new byte[] {0, 1, 99})))).isTrue();
    assertThat(gateway.counters().refused()).containsEntry("statement.malformed", 1L);
  }

  @Test
  void resumesAfterARestartWithTheSameAccounts() throws Exception {
    StatementChain chain = plant.chain();
    try (PahoAgent agent = agent()) {
      for (int i = 0; i <= 8; i++) {
        assertThat(agent.publish(PlantFixture.reading(chain, i)).code()).isZero();
      }
    }
    gateway.stop();
    gateway = plant.start(false);
    SignedStatement repeat;
    try (PahoAgent agent = agent()) {
      repeat = PlantFixture.reading(chain, 9);
      assertThat(agent.publish(repeat).code()).isZero();
      assertThat(agent.publish(repeat).code()).isZero();
      refused(agent.publish(PlantFixture.reading(plant.chain(), 0, 5)), 0x83, "statement.fork");
    }
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(gateway.accounts().ask(FacilityLedger::totals).get().intervals())
                    .isEqualTo(9));
    assertThat(gateway.counters().repeated()).isEqualTo(1);
    stop();

    verifies();
  }

  @Test
  void countsHolesUntilTheyFillAndRefusesABrokenChain() throws Exception {
    StatementChain chain = plant.chain();
    SignedStatement one = PlantFixture.reading(chain, 0);
    SignedStatement two = PlantFixture.reading(chain, 1);
    SignedStatement three = PlantFixture.reading(chain, 2);
    try (PahoAgent agent = agent()) {
      agent.publish(one);
      agent.publish(three);
      String subject = PlantFixture.AGENT + "/1";
      await()
          .atMost(10, TimeUnit.SECONDS)
          .until(() -> gateway.problems().find("statement.hole", subject).isPresent());
      agent.publish(two);
      await()
          .atMost(10, TimeUnit.SECONDS)
          .until(() -> gateway.problems().find("statement.hole", subject).orElseThrow().cleared());
      assertThat(gateway.problems().find("statement.chain-broken", PlantFixture.AGENT)).isEmpty();

      StatementChain forged =
          new StatementChain(
              PlantFixture.FACILITY, PlantFixture.AGENT, plant.agentKey, 7, 1, 3, Hash.ZERO);
      refused(agent.publish(PlantFixture.reading(forged, 3)), 0x83, "statement.chain-broken");
      assertThat(gateway.problems().find("statement.chain-broken", PlantFixture.AGENT)).isPresent();
    }
  }

  @Test
  void coversAHoleByASignedGap() throws Exception {
    StatementChain chain = plant.chain();
    SignedStatement one = PlantFixture.reading(chain, 0);
    SignedStatement lost = PlantFixture.reading(chain, 1);
    SignedStatement gap =
        chain.sign(new Body.Gap(2, 2, lost.chainHash()), 0, 0, ClockStatus.RELATIVE);
    try (PahoAgent agent = agent()) {
      agent.listen();
      agent.publish(one);
      agent.publish(gap);
      Receipt receipt;
      do {
        receipt = Receipt.open(agent.next(), plant.gatewayKey.publicKey());
      } while (receipt.throughSequence() < 3);
      assertThat(receipt.throughSequence()).isEqualTo(3);
      refused(agent.publish(lost), 0x83, "statement.declared-lost");
    }
    assertThat(gateway.problems().find("statement.chain-broken", PlantFixture.AGENT)).isEmpty();
    stop();
    verifies();
  }

  @Test
  void sendsReceiptsOnSubscribeAndOnAdvance() throws Exception {
    StatementChain chain = plant.chain();
    try (PahoAgent agent = agent()) {
      agent.publish(PlantFixture.reading(chain, 0));
      agent.listen();
      Receipt first = Receipt.open(agent.next(), plant.gatewayKey.publicKey());
      assertThat(first.throughSequence()).isEqualTo(1);
      assertThat(first.state()).isEqualTo(Receipt.State.LOGGED);
      assertThat(first.logSize()).isLessThanOrEqualTo(gateway.log().size());

      agent.publish(PlantFixture.reading(chain, 1));
      assertThat(Receipt.open(agent.next(), plant.gatewayKey.publicKey()).throughSequence())
          .isEqualTo(2);
    }
  }

  @Test
  void waitsWithReceiptsForTheMirrorWhereOneIsConfigured() throws Exception {
    gateway.stop();
    gateway = plant.start(true);
    StatementChain chain = plant.chain();
    try (PahoAgent agent = agent()) {
      agent.listen();
      agent.publish(PlantFixture.reading(chain, 0));
      long covered = gateway.log().size();
      agent.publish(PlantFixture.reading(chain, 1));
      gateway.receipts().mirrored(covered);

      Receipt receipt = Receipt.open(agent.next(), plant.gatewayKey.publicKey());
      assertThat(receipt.throughSequence()).isEqualTo(1);
      assertThat(receipt.logSize()).isEqualTo(covered);
      assertThat(receipt.state()).isEqualTo(Receipt.State.MIRRORED);
    }
  }

  @Test
  void publishesACheckpointWithinASecondAndServesItWithItsTiles() throws Exception {
    try (PahoAgent agent = agent()) {
      agent.publish(PlantFixture.reading(plant.chain(), 0));
    }
    long size = gateway.log().size();
    await().atMost(2, TimeUnit.SECONDS).until(() -> gateway.log().publishedSize() >= size);

    SignedNote note = SignedNote.parse(get("/log/checkpoint").body());
    assertThat(PlantFixture.checkpoints().keys()).allMatch(note::isSignedBy);
    Checkpoint head = Checkpoint.parse(note.text());
    assertThat(head.root()).isEqualTo(gateway.log().root(head.size()));
    HttpResponse<String> tile = get("/log/tile/0/000.p/" + head.size());
    assertThat(tile.statusCode()).isEqualTo(200);
    assertThat(tile.headers().firstValue("Cache-Control"))
        .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
    for (String path :
        List.of(
            "/log/tile/0/001",
            "/log/tile/0/000",
            "/log/tile/entries/0",
            "/log/tile/0/000.p/0",
            "/log/tile/9/000.p/1")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void acknowledgesNothingMoreAndExitsWhenTheDiskFails() throws Exception {
    StatementChain chain = plant.chain();
    try (PahoAgent agent = agent()) {
      assertThat(agent.publish(PlantFixture.reading(chain, 0)).code()).isZero();
      gateway.log().close(); // every write fails from here on
      assertThat(agent.answers(PlantFixture.reading(chain, 1))).isFalse();

      assertThat(plant.exits.poll(10, TimeUnit.SECONDS)).isEqualTo(Gateway.EXIT_LOG_FAILED);
      assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    }
    assertThat(gateway.problems().find("log.failed", "gateway")).isPresent();
    stop();
    assertThat(plant.exits).as("told once").isEmpty();
    assertThat(plant.loggedByAgents()).hasSize(1);
  }

  @Test
  void logsWhatTheLedgerFindsOnce() throws Exception {
    StatementChain chain = plant.chain();
    try (PahoAgent agent = agent()) {
      for (int i = 0; i <= 20; i++) {
        agent.publish(PlantFixture.reading(chain, i));
      }
    }
    stop();
    assertThat(verifies().totals().intervals()).isEqualTo(20);
  }

  private FacilityLedger verifies() throws IOException {
    LogReplay replay = new LogReplay(Optional.of(plant.gatewayKey.publicKey()));
    for (byte[] leaf : plant.leaves()) {
      assertThat(replay.next(leaf)).isEmpty();
    }
    assertThat(replay.ledger().outstanding()).isEmpty();
    return replay.ledger();
  }

  private PahoAgent agent() throws MqttException {
    return new PahoAgent(PlantFixture.AGENT, gateway.mqttPort());
  }

  private static void refused(PahoAgent.Answer answer, int code, String reason) {
    assertThat(answer.code()).as(reason).isEqualTo(code);
    assertThat(answer.reason()).startsWith(reason + ": ");
  }

  /** Bytes that follow a proper MQTT 5 CONNECT of the other agent. */
  private static byte[] afterConnect(byte[] bytes) {
    byte[] connect = {0x10, 23, 0, 4, 'M', 'Q', 'T', 'T', 5, 2, 0, 60, 0, 0, 10};
    return join(join(connect, PlantFixture.OTHER_AGENT.getBytes(StandardCharsets.US_ASCII)), bytes);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private boolean closesAfter(byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.mqttPort())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(bytes);
      try {
        while (socket.getInputStream().read() >= 0) {
          // drain until the gateway closes
        }
        return true;
      } catch (SocketTimeoutException e) {
        return false;
      } catch (IOException e) {
        return true; // reset: closed as well
      }
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plant.httpPort() + path)).build(),
          HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
  }
}

package io.tracegram.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.edge.device.llrp.Llrp;
import io.tracegram.edge.outbox.Outbox;
import io.tracegram.edge.outbox.OutboxFile;
import io.tracegram.edge.publish.FakeGateway;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Receipt;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Tag;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.config.AgentFile;
import io.tracegram.runtime.key.KeyFiles;
import io.tracegram.runtime.profile.Quantity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EdgeAgentTest {
  private static final long START = 1_700_000_100_000L;
  private static final int ACK = 0x06;
  private static final int NAK = 0x15;

  private final Path directory;
  private final FakePlant plant = new FakePlant();
  private final FakeGateway gateway = new FakeGateway();
  private final List<EdgeAgent> running = new ArrayList<>();

  EdgeAgentTest(@TempDir Path directory) throws InterruptedException {
    this.directory = directory;
  }

  @AfterEach
  void close() throws InterruptedException {
    for (EdgeAgent agent : running) {
      agent.stop();
    }
    gateway.close();
    plant.close();
  }

  @Test
  void bringsReadingsScansAndWeightsSignedAndChainedToTheGatewayInPlantTime() throws Exception {
    EdgeAgent agent = start(true);
    for (int minute = 0; minute < 40; minute++) {
      plant.main.set(Quantity.ENERGY_IMPORT, 1_000_000L + minute * 10_000L);
      plant.calciner.set(Quantity.ENERGY_IMPORT, 500_000L + minute * 5_000L);
      long at = START + minute * 60_000L;
      assertThat(plant.tick(at)).isEqualTo("DONE " + at);
    }
    assertThat(plant.scan("]Q3010952000000001110LOT1")).isEqualTo(ACK);
    assertThat(plant.scan("]C0LOT1")).isEqualTo(NAK);
    plant.end();
    stop(agent);

    assertChained();
    assertThat(readings("main", Register.ENERGY_IMPORT))
        .hasSize(40)
        .startsWith(new Reading(START, 1_000_000))
        .endsWith(new Reading(START + 39 * 60_000L, 1_390_000));
    assertThat(readings("calciner-meter", Register.ENERGY_IMPORT)).hasSize(40);
    assertThat(bodies())
        .contains(
            new Body.Scan("dock-in", START + 39 * 60_000L, "Q3", "010952000000001110LOT1"),
            new Body.Weight("floor-scale", START + 39 * 60_000L, new Mass(25_000_000)))
        .anySatisfy(
            body ->
                assertThat(body)
                    .isInstanceOfSatisfying(
                        Body.DeviceStatus.class,
                        status -> assertThat(status.code()).isEqualTo("scan.not-gs1")));
    assertThat(gateway.received())
        .allMatch(signed -> signed.statement().clockStatus() == ClockStatus.RELATIVE)
        .allMatch(signed -> signed.statement().wallMillis() >= START);
  }

  @Test
  void goesOnWithTheChainAfterARestartAndForgetsWhatAReceiptCovers() throws Exception {
    EdgeAgent first = start(true);
    plant.tick(START);
    stop(first);
    long sequence = gateway.received().getLast().statement().sequence();

    // the gateway made its key only now
    Files.writeString(
        directory.resolve("gateway.pub"), KeyFiles.format(Chains.GATEWAY.publicKey()) + "\n");
    EdgeAgent second = start(true);
    plant.tick(START + 60_000);
    await().until(() -> gateway.received().getLast().statement().sequence() > sequence);
    assertChained();
    long epoch = gateway.received().getLast().statement().epoch();
    gateway.sendReceipt(
        new Receipt("refinery", "refinery-agent", epoch, sequence, 9, Receipt.State.MIRRORED)
            .sign(Chains.GATEWAY));
    await().until(() -> gateway.receiptsTaken() == 1);
    stop(second);

    try (Outbox outbox =
        OutboxFile.open(directory.resolve("data"), 1_000_000, InstantSource.system()).outbox()) {
      assertThat(outbox.withoutReceipt(0, 1).getFirst().sequence()).isEqualTo(sequence + 1);
    }
    assertThat(gateway.received())
        .extracting(signed -> signed.statement().boot())
        .satisfies(boots -> assertThat(boots.stream().distinct()).hasSize(2));
  }

  @Test
  void readsOnWithoutADeadMeterAndSaysSo() throws Exception {
    EdgeAgent agent = start(true);
    plant.main.set(Quantity.ENERGY_IMPORT, 1_000_000L);
    plant.tick(START);
    plant.calciner.close();
    for (int minute = 1; minute <= 20; minute++) {
      long at = START + minute * 60_000L;
      assertThat(plant.tick(at)).isEqualTo("DONE " + at);
    }
    stop(agent);

    assertThat(readings("main", Register.ENERGY_IMPORT)).hasSize(21);
    assertThat(readings("calciner-meter", Register.ENERGY_IMPORT)).hasSize(1);
    assertThat(bodies())
        .anySatisfy(
            body ->
                assertThat(body)
                    .isInstanceOfSatisfying(
                        Body.DeviceStatus.class,
                        status -> {
                          assertThat(status.device()).isEqualTo("calciner-meter");
                          assertThat(status.state()).isEqualTo(Body.DeviceStatus.State.BAD);
                        }));
  }

  @Test
  void pollsByTheSystemClockWhereThereIsNoPlantClock() throws Exception {
    EdgeAgent agent = start(false);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> readings("main", Register.ENERGY_IMPORT).size() >= 3);
    stop(agent);

    List<Reading> readings = readings("main", Register.ENERGY_IMPORT);
    // polls keep to a grid of 1 s: the first may come late in its slot, the third not before its
    // own
    assertThat(readings.get(2).measuredMillis() - readings.get(0).measuredMillis())
        .isBetween(1_000L, 20_000L);
    assertThat(gateway.received())
        .allMatch(signed -> signed.statement().clockStatus() == ClockStatus.INFORMATIVE);
  }

  @Test
  void tellsATagByTheReadersClockAndByThePlants() throws Exception {
    EdgeAgent agent = start(true);
    plant.tick(START);
    await().until(plant.reader::reads);
    plant.reader.send(Llrp.report(Llrp.TAG_OF_2004), Llrp.report(Llrp.TAG_OF_2004));
    await().until(() -> !tags().isEmpty());
    stop(agent);

    assertChained();
    Content epc = Content.of(HexFormat.of().parseHex("35e0170043babbce00001425"));
    assertThat(tags()).containsExactly(new Tag(epc, 1, -40, 1_086_619_923_443_920L, START, 2));
  }

  @Test
  void aFloodAtAPortalDelaysNoMeter() throws Exception {
    EdgeAgent agent = start(true);
    plant.main.set(Quantity.ENERGY_IMPORT, 1_000_000L);
    plant.tick(START);
    await().until(plant.reader::reads);
    AtomicBoolean dry = new AtomicBoolean();
    Thread flood =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; !dry.get(); i++) {
                    plant.reader.send(Llrp.report(Llrp.tag("e2%022x".formatted(i))));
                  }
                });
    for (int minute = 1; minute <= 20; minute++) {
      long at = START + minute * 60_000L;
      assertThat(plant.tick(at)).isEqualTo("DONE " + at);
    }
    await().until(() -> tags().size() >= 4_096);
    dry.set(true);
    flood.join();
    plant.end();
    stop(agent);

    assertThat(readings("main", Register.ENERGY_IMPORT)).hasSize(21);
    assertThat(tags()).hasSize(4_096);
    assertThat(bodies())
        .anySatisfy(
            body ->
                assertThat(body)
                    .isInstanceOfSatisfying(
                        Body.DeviceStatus.class,
                        status -> assertThat(status.code()).isEqualTo("portal.too-many-tags")));
  }

  private EdgeAgent start(boolean simulatedTime) throws Exception {
    AgentFile file = plant.agentFile(directory, gateway.port(), simulatedTime);
    EdgeAgent agent = new EdgeAgent(file, InstantSource.system(), new SecureRandom());
    running.add(agent);
    agent.start();
    return agent;
  }

  private void stop(EdgeAgent agent) throws InterruptedException {
    agent.stop();
    running.remove(agent);
  }

  private void assertChained() throws Exception {
    PublicKey key = KeyFiles.readPublic(directory.resolve("data/keys/refinery-agent.pub"));
    Hash previous = Hash.ZERO;
    long sequence = 0;
    for (SignedStatement signed : gateway.received()) {
      assertThat(signed.isSignedBy(key)).isTrue();
      assertThat(signed.statement().sequence()).isEqualTo(++sequence);
      assertThat(signed.statement().previous()).isEqualTo(previous);
      assertThat(signed.statement().facility()).isEqualTo("refinery");
      previous = signed.chainHash();
    }
  }

  private List<Body> bodies() {
    return gateway.received().stream().map(signed -> signed.statement().body()).toList();
  }

  private List<Tag> tags() {
    return bodies().stream()
        .filter(Body.TagRead.class::isInstance)
        .flatMap(body -> ((Body.TagRead) body).tags().stream())
        .toList();
  }

  private List<Reading> readings(String meter, Register register) {
    return bodies().stream()
        .filter(Body.Readings.class::isInstance)
        .flatMap(body -> ((Body.Readings) body).series().stream())
        .filter(series -> series.meter().equals(meter) && series.register() == register)
        .map(Series::readings)
        .flatMap(List::stream)
        .toList();
  }
}

package io.tracegram.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.edge.Chains;
import io.tracegram.edge.outbox.Outbox;
import io.tracegram.edge.outbox.OutboxFile;
import io.tracegram.edge.publish.FakeGateway.Code;
import io.tracegram.edge.publish.FakeGateway.Cut;
import io.tracegram.edge.publish.FakeGateway.Silence;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Feedback;
import io.tracegram.ledger.evidence.statement.Receipt;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MqttPublisherTest {
  private static final long EPOCH = 1_000;
  private static final PublishTiming QUICK =
      new PublishTiming(
          32,
          Duration.ofMillis(600),
          Duration.ofMillis(400),
          Duration.ofMillis(20),
          Duration.ofMillis(100));

  private final Outbox outbox;
  private final MqttPublisher publisher;
  private FakeGateway gateway = new FakeGateway();

  MqttPublisherTest(@TempDir Path directory) throws InterruptedException {
    outbox =
        OutboxFile.open(directory, 10_000_000, InstantSource.fixed(Instant.ofEpochMilli(EPOCH)))
            .outbox();
    publisher =
        new MqttPublisher(
            outbox,
            new Destination(
                gateway.uri(), "plant", "agent", () -> Optional.of(Chains.GATEWAY.publicKey())),
            QUICK,
            (refused, reason) -> quarantine(outbox, refused, reason),
            System::nanoTime,
            new Random(1));
  }

  @AfterEach
  void close() throws InterruptedException {
    publisher.stop(Duration.ZERO);
    gateway.close();
    outbox.close();
  }

  @Test
  void deliversTheBacklogInOrderAndStopsResendingWhatIsAcknowledged() {
    outbox.append(Chains.heartbeats(outbox, 500));
    publisher.start();

    await().until(() -> outbox.undelivered() == 0);
    assertThat(gateway.receivedSequences())
        .isEqualTo(LongStream.rangeClosed(1, 500).boxed().toList());
    assertThat(gateway.topics())
        .contains("tracegram/v1/plant/agent/receipts", "tracegram/v1/plant/agent/statements");
    assertThat(outbox.withoutReceipt(0, 1_000)).hasSize(500);

    outbox.append(Chains.heartbeats(outbox, 1));
    publisher.wake();
    await().until(() -> outbox.undelivered() == 0);
    assertThat(gateway.receivedSequences()).hasSize(501);
  }

  @Test
  void deletesWhatAReceiptOfTheGatewayCoversAndNothingByAForgedOne() {
    outbox.append(Chains.heartbeats(outbox, 3));
    publisher.start();
    await().until(() -> outbox.undelivered() == 0);

    gateway.sendReceipt(receipt(3, Chains.KEY));
    gateway.sendReceipt(new byte[] {1, 2, 3});
    gateway.sendReceipt(receipt(2, Chains.GATEWAY));

    await().until(() -> outbox.withoutReceipt(0, 10).size() == 1);
    assertThat(outbox.withoutReceipt(0, 10).getFirst().sequence()).isEqualTo(3);
  }

  @Test
  void passesFeedbackOnAndDropsWhatIsNone() {
    List<Feedback> told = new CopyOnWriteArrayList<>();
    publisher.advise(told::add);
    outbox.append(Chains.heartbeats(outbox, 1));
    publisher.start();
    await().until(() -> outbox.undelivered() == 0);
    Feedback good =
        new Feedback("in", 1, 2, Feedback.Verdict.REFUSED, "unknown lot", "custody.unknown-lot");

    gateway.sendFeedback(new byte[] {1, 2, 3});
    gateway.sendFeedback(new byte[2_000]);
    gateway.sendFeedback(good.encoded());

    await().until(() -> !told.isEmpty());
    assertThat(told).containsExactly(good);
    assertThat(outbox.withoutReceipt(0, 10)).as("feedback is no receipt").hasSize(1);
  }

  @Test
  void quarantinesWhatTheGatewayRefusesAndSendsASignedGapForIt() {
    outbox.append(Chains.heartbeats(outbox, 3));
    gateway.answer(
        signed ->
            signed.statement().sequence() == 2
                ? new Code(MqttPubAckReasonCode.PAYLOAD_FORMAT_INVALID, "body of kind 7 malformed")
                : FakeGateway.STORED);
    publisher.start();

    await().until(() -> outbox.undelivered() == 0 && gateway.stored().size() == 3);
    assertThat(outbox.quarantined(10))
        .containsExactly(new Outbox.Quarantined(2, "0x99 body of kind 7 malformed"));
    SignedStatement refused = gateway.received().get(1);
    assertThat(gateway.stored())
        .anySatisfy(
            signed ->
                assertThat(signed.statement().body())
                    .isEqualTo(new Body.Gap(2, 2, refused.chainHash())));
    assertThat(gateway.receivedSequences()).doesNotHaveDuplicates();
  }

  @Test
  void putsOneStatementAsideNotTheOutboxWhenTheGatewayDoesNotKnowTheAgent() {
    outbox.append(Chains.heartbeats(outbox, 100));
    AtomicBoolean known = new AtomicBoolean();
    gateway.answer(
        signed ->
            known.get()
                ? FakeGateway.STORED
                : new Code(MqttPubAckReasonCode.NOT_AUTHORIZED, "unknown key"));
    publisher.start();

    // the statement, its gap, and the gap again
    await().until(() -> gateway.received().size() >= 4);
    assertThat(outbox.quarantined(10))
        .containsExactly(new Outbox.Quarantined(1, "0x87 unknown key"));
    assertThat(gateway.receivedSequences().subList(1, 4)).containsOnly(101L);

    known.set(true);
    await().until(() -> outbox.undelivered() == 0);
    assertThat(outbox.withoutReceipt(0, 1_000)).hasSize(100);
  }

  @Test
  void comesBackLaterWhenTheGatewayIsAtItsLimit() {
    outbox.append(Chains.heartbeats(outbox, 50));
    AtomicInteger busy = new AtomicInteger(3);
    gateway.answer(
        signed ->
            signed.statement().sequence() >= 10 && busy.getAndDecrement() > 0
                ? new Code(MqttPubAckReasonCode.QUOTA_EXCEEDED, "try later")
                : FakeGateway.STORED);
    publisher.start();

    await().until(() -> outbox.undelivered() == 0);
    assertThat(outbox.quarantined(10)).isEmpty();
    assertThat(gateway.stored()).hasSize(50);
  }

  @Test
  void sendsEverythingUnacknowledgedAgainInOrderAfterTheConnectionBroke() {
    outbox.append(Chains.heartbeats(outbox, 20));
    AtomicBoolean cut = new AtomicBoolean();
    gateway.answer(
        signed ->
            signed.statement().sequence() < 5 || cut.get()
                ? FakeGateway.STORED
                : signed.statement().sequence() == 8 && cut.compareAndSet(false, true)
                    ? new Cut()
                    : new Silence());
    publisher.start();

    await().until(() -> outbox.undelivered() == 0);
    List<Long> sequences = gateway.receivedSequences();
    int again = sequences.lastIndexOf(5L);
    assertThat(gateway.connections()).isEqualTo(2);
    assertThat(sequences.subList(again, sequences.size()))
        .isEqualTo(LongStream.rangeClosed(5, 20).boxed().toList());
  }

  @Test
  void givesUpAConnectionThatAnswersNothing() {
    outbox.append(Chains.heartbeats(outbox, 2));
    AtomicInteger silent = new AtomicInteger(1);
    gateway.answer(signed -> silent.getAndDecrement() > 0 ? new Silence() : FakeGateway.STORED);
    publisher.start();

    await().until(() -> outbox.undelivered() == 0);
    assertThat(gateway.connections()).isEqualTo(2);
  }

  @Test
  void sendsAcknowledgedStatementsAgainIfNoReceiptFollowsAReconnect() throws Exception {
    outbox.append(Chains.heartbeats(outbox, 5));
    publisher.start();
    await().until(() -> outbox.undelivered() == 0);
    int port = gateway.port();

    // the gateway comes back with an empty disk
    gateway.close();
    gateway = new FakeGateway(port);

    await().until(() -> gateway.received().size() == 5);
    assertThat(gateway.receivedSequences()).containsExactly(1L, 2L, 3L, 4L, 5L);
    gateway.sendReceipt(receipt(5, Chains.GATEWAY));
    await().until(() -> outbox.withoutReceipt(0, 10).isEmpty());
  }

  @Test
  void waitsForAGatewayThatIsNotThereYetAndDeliversWhatItCanWhenStopped() throws Exception {
    int port = gateway.port();
    gateway.close();
    outbox.append(Chains.heartbeats(outbox, 40));
    publisher.start();
    assertThat(publisher.isConnected()).isFalse();

    gateway = new FakeGateway(port);
    publisher.stop(Duration.ofSeconds(10));

    assertThat(outbox.undelivered()).isZero();
    assertThat(gateway.receivedSequences()).hasSize(40);
  }

  private static long quarantine(Outbox outbox, Outbox.Entry refused, String reason) {
    SignedStatement statement = SignedStatement.parse(refused.statement().bytes());
    SignedStatement gap =
        Chains.resume(outbox)
            .sign(
                new Body.Gap(refused.sequence(), refused.sequence(), statement.chainHash()),
                1,
                1,
                ClockStatus.RELATIVE);
    outbox.quarantine(refused.sequence(), reason, gap);
    return gap.statement().sequence();
  }

  private static byte[] receipt(long through, PrivateKey key) {
    return new Receipt("plant", "agent", EPOCH, through, through, Receipt.State.MIRRORED).sign(key);
  }
}

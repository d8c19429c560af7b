package io.tracegram.edge.publish;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An MQTT 5 gateway whose answers a test decides; it keeps what it was sent, in order. */
public final class FakeGateway implements AutoCloseable {
  /** How a statement is answered. */
  public sealed interface Reply {}

  /** A PUBACK with a reason code and string. */
  public record Code(MqttPubAckReasonCode code, String reason) implements Reply {}

  /** No PUBACK at all. */
  public record Silence() implements Reply {}

  /** The connection is cut instead of an answer. */
  public record Cut() implements Reply {}

  /** MQTT 5 §2.2.2.2. */
  private static final int REASON_STRING = 0x1F;

  public static final Reply STORED = new Code(MqttPubAckReasonCode.SUCCESS, "");

  private final Vertx vertx = Vertx.vertx();
  private final List<SignedStatement> received = new CopyOnWriteArrayList<>();
  private final List<SignedStatement> stored = new CopyOnWriteArrayList<>();
  private final List<String> topics = new CopyOnWriteArrayList<>();
  private final MqttServer server;
  private volatile Function<SignedStatement, Reply> answers = statement -> STORED;
  private volatile @Nullable MqttEndpoint endpoint;
  private final AtomicInteger receiptsTaken = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();

  public FakeGateway() throws InterruptedException {
    this(0);
  }

  public FakeGateway(int port) throws InterruptedException {
    MqttServerOptions options =
        new MqttServerOptions().setHost("127.0.0.1").setPort(port).setMaxMessageSize(70_000);
    server = MqttServer.create(vertx, options).endpointHandler(this::accept);
    try {
      server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the fake gateway cannot listen", e);
    }
  }

  public URI uri() {
    return URI.create("tcp://127.0.0.1:" + server.actualPort());
  }

  public int port() {
    return server.actualPort();
  }

  public void answer(Function<SignedStatement, Reply> newAnswers) {
    answers = newAnswers;
  }

  /** Every statement as it came in, repeats included. */
  public List<SignedStatement> received() {
    return List.copyOf(received);
  }

  /** Statements acknowledged with success, repeats included. */
  public List<SignedStatement> stored() {
    return List.copyOf(stored);
  }

  public List<String> topics() {
    return List.copyOf(topics);
  }

  public List<Long> receivedSequences() {
    return received.stream().map(signed -> signed.statement().sequence()).toList();
  }

  public int connections() {
    return connections.get();
  }

  public int receiptsTaken() {
    return receiptsTaken.get();
  }

  public void sendReceipt(byte[] receipt) {
    MqttEndpoint current = endpoint;
    if (current == null) {
      throw new IllegalStateException("nobody is connected");
    }
    current.publish(topics.getFirst(), Buffer.buffer(receipt), MqttQoS.AT_LEAST_ONCE, false, false);
  }

  public void sendFeedback(byte[] feedback) {
    MqttEndpoint current = endpoint;
    if (current == null) {
      throw new IllegalStateException("nobody is connected");
    }
    String topic =
        topics.stream().filter(name -> name.endsWith("/feedback")).findFirst().orElseThrow();
    current.publish(topic, Buffer.buffer(feedback), MqttQoS.AT_MOST_ONCE, false, false);
  }

  private void accept(MqttEndpoint accepted) {
    connections.incrementAndGet();
    endpoint = accepted;
    accepted.publishAutoAck(false);
    accepted.publishAcknowledgeHandler(id -> receiptsTaken.incrementAndGet());
    accepted.publishHandler(message -> take(accepted, message));
    accepted.subscribeHandler(
        subscribe -> {
          subscribe.topicSubscriptions().forEach(each -> topics.add(each.topicName()));
          accepted.subscribeAcknowledge(
              subscribe.messageId(),
              subscribe.topicSubscriptions().stream()
                  .map(each -> each.qualityOfService())
                  .toList());
        });
    accepted.accept(false);
  }

  private void take(MqttEndpoint from, MqttPublishMessage message) {
    SignedStatement signed = SignedStatement.parse(message.payload().getBytes());
    received.add(signed);
    topics.add(message.topicName());
    switch (answers.apply(signed)) {
      case Code(MqttPubAckReasonCode code, String reason) -> {
        if (!code.isError()) {
          stored.add(signed);
        }
        MqttProperties properties = new MqttProperties();
        if (!reason.isEmpty()) {
          properties.add(new MqttProperties.StringProperty(REASON_STRING, reason));
        }
        from.publishAcknowledge(message.messageId(), code, properties);
      }
      case Silence() -> {}
      case Cut() -> from.close();
    }
  }

  @Override
  public void close() {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the fake gateway does not close", e);
    }
  }
}

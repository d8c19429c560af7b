package io.tracegram.edge.publish;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/**
 * One MQTT connection from connect to loss; never reconnects. Its events are taken by one thread;
 * Paho's threads only put them in.
 */
final class MqttSession implements AutoCloseable {
  private static final long CONNECT_MILLIS = 10_000;
  private static final long LARGEST_INBOUND_PACKET = 8_192;
  private static final int MOST_ADVICE = 64;

  /** What happened on the connection. */
  sealed interface Event {}

  record Answered(long sequence, Answer answer) implements Event {}

  /** A receipt waits in {@link #takeReceipt}. */
  record ReceiptArrived() implements Event {}

  /** Feedback waits in {@link #takeFeedback}. */
  record FeedbackArrived() implements Event {}

  record Lost(String reason) implements Event {}

  /** Somebody outside asked the loop to look around. */
  record Woken() implements Event {}

  private final MqttAsyncClient client;
  private final Destination destination;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final AtomicReference<byte @Nullable []> receipt = new AtomicReference<>();
  private final BlockingQueue<byte[]> feedback = new ArrayBlockingQueue<>(MOST_ADVICE);
  private int receiveMaximum = 65_535;

  private MqttSession(Destination destination) throws MqttException {
    this.destination = destination;
    this.client =
        new MqttAsyncClient(
            destination.broker().toString(), destination.agent(), new MemoryPersistence());
  }

  /**
   * Connects and subscribes to receipts and feedback.
   *
   * @throws IOException saying why not
   */
  static MqttSession connect(Destination destination) throws IOException {
    try {
      MqttSession session = new MqttSession(destination);
      try {
        session.open();
        return session;
      } catch (MqttException e) {
        session.close();
        throw e;
      }
    } catch (MqttException e) {
      throw new IOException("cannot connect to " + destination.broker() + ": " + describe(e), e);
    }
  }

  private void open() throws MqttException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval(10);
    options.setConnectionTimeout(5);
    options.setMaximumPacketSize(LARGEST_INBOUND_PACKET);
    client.setCallback(new Callback());
    IMqttToken connected = client.connect(options);
    connected.waitForCompletion(CONNECT_MILLIS);
    MqttProperties answer = connected.getResponseProperties();
    if (answer != null && answer.getReceiveMaximum() != null) {
      receiveMaximum = answer.getReceiveMaximum();
    }
    IMqttToken subscribed =
        client.subscribe(
            new String[] {destination.receiptsTopic(), destination.feedbackTopic()},
            new int[] {1, 0});
    subscribed.waitForCompletion(CONNECT_MILLIS);
  }

  /** Returns how many publishes the server takes at once (MQTT 5 §3.2.2.3.3). */
  int receiveMaximum() {
    return receiveMaximum;
  }

  /** Hands a statement to the connection; its answer comes as an event. */
  void publish(long sequence, byte[] statement) throws IOException {
    try {
      client.publish(
          destination.statementsTopic(),
          statement,
          1,
          false,
          sequence,
          new PublishListener(sequence));
    } catch (MqttException e) {
      throw new IOException("cannot publish: " + describe(e), e);
    }
  }

  /** Waits for the next event; empty at the timeout. */
  Optional<Event> next(long timeoutMillis) throws InterruptedException {
    return Optional.ofNullable(events.poll(timeoutMillis, TimeUnit.MILLISECONDS));
  }

  /** Returns the newest receipt's bytes, once; older ones say less and are dropped. */
  Optional<byte[]> takeReceipt() {
    return Optional.ofNullable(receipt.getAndSet(null));
  }

  /** Returns the feedback that came, oldest first; of too much the newest is dropped. */
  List<byte[]> takeFeedback() {
    List<byte[]> all = new ArrayList<>();
    feedback.drainTo(all);
    return all;
  }

  void wake() {
    if (events.isEmpty()) {
      events.add(new Woken());
    }
  }

  /** Ends the connection, politely if it still stands. Paho may hang here, so nobody waits long. */
  @Override
  public void close() {
    Thread closing =
        Thread.ofPlatform()
            .daemon()
            .name("mqtt-close")
            .start(
                () -> {
                  try {
                    client.disconnectForcibly(0, 500, client.isConnected());
                    client.close(true);
                  } catch (MqttException e) {
                    events.add(new Lost("close: " + describe(e)));
                  }
                });
    try {
      closing.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String describe(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return e instanceof MqttException mqtt && e.getCause() == null
        ? mqtt.getMessage() + " (reason code " + mqtt.getReasonCode() + ")"
        : String.valueOf(cause);
  }

  private static String reasonString(IMqttToken token) {
    MqttProperties properties = token.getResponseProperties();
    String reason = properties == null ? null : properties.getReasonString();
    return reason == null ? "" : reason;
  }

  /** Paho calls {@code onSuccess} for every PUBACK, also for one with an error code. */
  private final class PublishListener implements MqttActionListener {
    private final long sequence;

    PublishListener(long sequence) {
      this.sequence = sequence;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      int[] codes = token.getReasonCodes();
      int code = codes == null || codes.length == 0 ? 0 : codes[codes.length - 1];
      events.add(new Answered(sequence, Answer.of(code, reasonString(token))));
    }

    @Override
    public void onFailure(IMqttToken token, Throwable exception) {
      events.add(new Lost("publish failed: " + describe(exception)));
    }
  }

  private final class Callback implements MqttCallback {
    @Override
    public void disconnected(MqttDisconnectResponse response) {
      events.add(
          new Lost(
              response.getException() == null
                  ? "the gateway disconnected with 0x%02x %s"
                      .formatted(response.getReturnCode(), response.getReasonString())
                  : describe(response.getException())));
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      events.add(new Lost(describe(exception)));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      if (topic.equals(destination.feedbackTopic())) {
        if (feedback.offer(message.getPayload())) {
          events.add(new FeedbackArrived());
        }
      } else if (receipt.getAndSet(message.getPayload()) == null) {
        events.add(new ReceiptArrived());
      }
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}

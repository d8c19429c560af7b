package io.tracegram.gateway;

import io.tracegram.ledger.evidence.statement.SignedStatement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A real MQTT 5 client that acts as an agent. */
final class PahoAgent implements AutoCloseable {
  private static final long WAIT_MILLIS = 10_000;

  private final String id;
  private final MqttAsyncClient client;
  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

  /** What a PUBACK said. */
  record Answer(int code, String reason) {}

  PahoAgent(String id, int port) throws MqttException {
    this.id = id;
    client = new MqttAsyncClient("tcp://127.0.0.1:" + port, id, new MemoryPersistence());
    client.setCallback(
        new MqttCallback() {
          @Override
          public void disconnected(MqttDisconnectResponse response) {}

          @Override
          public void mqttErrorOccurred(MqttException exception) {}

          @Override
          public void messageArrived(String topic, MqttMessage message) {
            received.add(message.getPayload());
          }

          @Override
          public void deliveryComplete(IMqttToken token) {}

          @Override
          public void connectComplete(boolean reconnect, String server) {}

          @Override
          public void authPacketArrived(int reasonCode, MqttProperties properties) {}
        });
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setAutomaticReconnect(false);
    options.setConnectionTimeout(10);
    client.connect(options).waitForCompletion(WAIT_MILLIS);
  }

  static String statements(String agent) {
    return "tracegram/v1/refinery/" + agent + "/statements";
  }

  Answer publish(SignedStatement statement) throws MqttException {
    return publish(statements(id), statement.encoded());
  }

  Answer publish(byte[] payload) throws MqttException {
    return publish(statements(id), payload);
  }

  Answer publish(String topic, byte[] payload) throws MqttException {
    IMqttToken token = client.publish(topic, payload, 1, false);
    token.waitForCompletion(WAIT_MILLIS);
    MqttProperties properties = token.getResponseProperties();
    String reason = properties == null ? null : properties.getReasonString();
    return new Answer(token.getReasonCodes()[0], reason == null ? "" : reason);
  }

  void listen() throws MqttException {
    client.subscribe("tracegram/v1/refinery/" + id + "/receipts", 1).waitForCompletion(WAIT_MILLIS);
  }

  byte[] next() throws InterruptedException {
    byte[] message = received.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    if (message == null) {
      throw new AssertionError("no message within " + WAIT_MILLIS + " ms");
    }
    return message;
  }

  boolean isConnected() {
    return client.isConnected();
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnect().waitForCompletion(WAIT_MILLIS);
    }
    client.close(true);
  }
}

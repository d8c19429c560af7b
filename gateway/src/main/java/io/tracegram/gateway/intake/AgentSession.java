package io.tracegram.gateway.intake;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.tracegram.gateway.log.Publisher;
import io.tracegram.gateway.problem.Counters;
import io.tracegram.gateway.problem.Problems;
import io.tracegram.gateway.problem.Refusal;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of an agent. Outcomes may come from any thread and are answered in bursts on the
 * connection's context; a connection that closed meanwhile is no error.
 */
final class AgentSession implements Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(AgentSession.class);
  private static final int MQTT_5 = 5;
  private static final int MOST_TURNED_AWAY = 1_000;

  private final Agent agent;
  private final MqttEndpoint endpoint;
  private final Context context;
  private final Counters counters;
  private final Problems problems;
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean answering = new AtomicBoolean();
  private volatile boolean subscribed;
  private volatile boolean advised;

  // confined to the context
  private int turnedAway;

  private record Outcome(int packet, Optional<Refusal> refusal) {}

  AgentSession(
      Agent agent, MqttEndpoint endpoint, Context context, Counters counters, Problems problems) {
    this.agent = agent;
    this.endpoint = endpoint;
    this.context = context;
    this.counters = counters;
    this.problems = problems;
  }

  Agent agent() {
    return agent;
  }

  /** Takes one more statement in, unless too many of the agent wait for their outcome. */
  boolean enter(int bound) {
    if (agent.inFlight().incrementAndGet() > bound) {
      agent.inFlight().decrementAndGet();
      return false;
    }
    return true;
  }

  @Override
  public void admitted(int packet) {
    agent.inFlight().decrementAndGet();
    answer(new Outcome(packet, Optional.empty()));
  }

  @Override
  public void refused(int packet, Refusal refusal) {
    agent.inFlight().decrementAndGet();
    report(refusal);
    answer(new Outcome(packet, Optional.of(refusal)));
  }

  /** Refuses what never entered; the context only. */
  void turnAway(int packet, Refusal refusal) {
    report(refusal);
    // one that goes on all the same may not even read the answers
    if (++turnedAway > MOST_TURNED_AWAY) {
      endpoint.close();
      return;
    }
    acknowledge(packet, Optional.of(refusal));
  }

  void subscribe() {
    subscribed = true;
  }

  boolean isSubscribed() {
    return subscribed && endpoint.isConnected();
  }

  /** From now on the agent listens for what became of its scans. */
  void advise() {
    advised = true;
  }

  /** Sends a receipt if the agent still listens; any thread. */
  void sendReceipt(byte[] receipt) {
    send(agent.receiptsTopic(), receipt);
  }

  /** Sends what became of a scan, if the agent listens for that; any thread. */
  void sendFeedback(byte[] feedback) {
    if (advised) {
      send(agent.feedbackTopic(), feedback);
    }
  }

  private void send(String topic, byte[] payload) {
    context.runOnContext(
        none -> {
          if (endpoint.isConnected()) {
            endpoint.publish(topic, Buffer.buffer(payload), MqttQoS.AT_MOST_ONCE, false, false);
          }
        });
  }

  /** Closes the connection; any thread. */
  void close() {
    context.runOnContext(
        none -> {
          if (endpoint.isConnected()) {
            endpoint.close();
          }
        });
  }

  private void answer(Outcome outcome) {
    outcomes.add(outcome);
    if (answering.compareAndSet(false, true)) {
      context.runOnContext(none -> answerAll());
    }
  }

  private void answerAll() {
    answering.set(false);
    for (Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
      acknowledge(outcome.packet(), outcome.refusal());
    }
  }

  private void acknowledge(int packet, Optional<Refusal> refusal) {
    if (!endpoint.isConnected()) {
      return;
    }
    try {
      if (refusal.isEmpty()) {
        endpoint.publishAcknowledge(packet);
      } else if (endpoint.protocolVersion() == MQTT_5) {
        MqttProperties properties = new MqttProperties();
        properties.add(new StringProperty(MqttProperties.REASON_STRING, refusal.get().text()));
        endpoint.publishAcknowledge(
            packet, MqttPubAckReasonCode.valueOf((byte) refusal.get().reason().mqtt()), properties);
      } else {
        endpoint.close(); // MQTT 3.1.1 knows no other way to say no
      }
    } catch (IllegalStateException e) {
      LOG.debug("event=puback.connection-gone agent={} packet={}", agent.id(), packet);
    }
  }

  private void report(Refusal refusal) {
    refusal.report(agent.id(), counters, problems);
    LOG.debug("event=statement.rejected agent={} reason={}", agent.id(), refusal.reason().code());
  }
}

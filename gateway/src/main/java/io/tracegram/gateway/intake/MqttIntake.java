package io.tracegram.gateway.intake;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.tracegram.gateway.log.Appender;
import io.tracegram.gateway.problem.Counters;
import io.tracegram.gateway.problem.Problems;
import io.tracegram.gateway.problem.Refusal;
import io.tracegram.gateway.problem.Refusal.Reason;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Feedback;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.MqttTopicSubscription;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttSubAckReasonCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MQTT endpoint that agents publish to. Packets are handled on the event loop, which never
 * waits; statements are verified and logged on other threads.
 */
public final class MqttIntake {
  /** The client identifier of {@code tracegram doctor}, which no agent can have. */
  private static final String DOCTOR = "tracegram doctor";

  private static final Logger LOG = LoggerFactory.getLogger(MqttIntake.class);

  /** How many statements of one connection may wait for their outcome. */
  static final int MAX_IN_FLIGHT = 256;

  private static final int MAX_PACKET = 70_000;
  private static final int MQTT_5 = 5;

  private final Map<String, Agent> agents = new TreeMap<>();
  private final Map<String, AgentSession> sessions = new ConcurrentHashMap<>();
  private final ConnectionWatch connections;
  private final Verifier verifier;
  private final Counters counters;
  private final Problems problems;
  private final MqttServer server;
  private final Consumer<String> subscribed;

  /**
   * @param connections set as the metrics of {@code vertx}
   * @param keys the statement key of each agent
   * @param threads how many threads verify
   * @param subscribed told an agent's id when it begins to listen for receipts
   */
  public MqttIntake(
      Vertx vertx,
      ConnectionWatch connections,
      String facility,
      Map<String, PublicKey> keys,
      Appender appender,
      int threads,
      Counters counters,
      Problems problems,
      Consumer<String> subscribed) {
    keys.forEach(
        (id, key) ->
            agents.put(id, new Agent(facility, id, key, agents.size(), new AtomicInteger())));
    this.connections = connections;
    this.verifier = new Verifier(appender, threads);
    this.counters = counters;
    this.problems = problems;
    this.subscribed = subscribed;
    this.server =
        MqttServer.create(
                vertx,
                new MqttServerOptions()
                    .setMaxMessageSize(MAX_PACKET)
                    .setMaxClientIdLength(Statement.MAX_ID_LENGTH)
                    .setAutoClientId(false)
                    .setTimeoutOnConnect(10))
            .endpointHandler(this::connect);
  }

  /** Listens; the future completes with the port. */
  public Future<Integer> start(String host, int port) {
    verifier.start();
    return server.listen(port, host).map(MqttServer::actualPort);
  }

  /** Closes all connections and ends when everything published before is verified. */
  public Future<Void> close() {
    return server.close();
  }

  /** Ends the verifying threads; after {@link #close}, not on an event loop. */
  public void stopVerifying() {
    verifier.stop();
  }

  Collection<AgentSession> sessions() {
    return sessions.values();
  }

  /** Tells an agent what became of a scan of its, if it listens; any thread, never waits. */
  public void tell(String agent, Feedback feedback) {
    AgentSession session = sessions.get(agent);
    if (session != null) {
      session.sendFeedback(feedback.encoded());
    }
  }

  private void connect(MqttEndpoint endpoint) {
    connections.greeted(endpoint.remoteAddress());
    Agent agent = agents.get(endpoint.clientIdentifier());
    if (agent == null) {
      // who only asks whether somebody answers is turned away like any stranger, but is no problem
      if (!endpoint.clientIdentifier().equals(DOCTOR)) {
        new Refusal(
                Reason.UNKNOWN_AGENT,
                "client \"" + endpoint.clientIdentifier() + "\" from " + endpoint.remoteAddress())
            .report("mqtt", counters, problems);
      }
      endpoint.reject(
          endpoint.protocolVersion() == MQTT_5
              ? MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5
              : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
      return;
    }
    AgentSession session =
        new AgentSession(agent, endpoint, Vertx.currentContext(), counters, problems);
    endpoint.publishAutoAck(false);
    endpoint.subscriptionAutoAck(false);
    endpoint.exceptionHandler(cause -> connections.broke(endpoint.remoteAddress(), cause));
    endpoint.publishHandler(message -> publish(session, endpoint, message));
    endpoint.subscribeHandler(message -> subscribe(session, endpoint, message));
    endpoint.unsubscribeHandler(message -> endpoint.unsubscribeAcknowledge(message.messageId()));
    endpoint.closeHandler(
        none -> {
          sessions.remove(agent.id(), session);
          LOG.info("event=agent.disconnected agent={}", agent.id());
        });
    AgentSession before = sessions.put(agent.id(), session);
    if (before != null) {
      before.close();
    }
    if (endpoint.protocolVersion() == MQTT_5) {
      endpoint.accept(false, limits());
    } else {
      endpoint.accept(false);
    }
    LOG.info("event=agent.connected agent={} from={}", agent.id(), endpoint.remoteAddress());
  }

  private static MqttProperties limits() {
    MqttProperties limits = new MqttProperties();
    limits.add(new IntegerProperty(MqttProperties.RECEIVE_MAXIMUM, MAX_IN_FLIGHT));
    limits.add(new IntegerProperty(MqttProperties.MAXIMUM_PACKET_SIZE, MAX_PACKET));
    limits.add(new IntegerProperty(MqttProperties.MAXIMUM_QOS, 1));
    limits.add(new IntegerProperty(MqttProperties.RETAIN_AVAILABLE, 0));
    return limits;
  }

  private void publish(AgentSession session, MqttEndpoint endpoint, MqttPublishMessage message) {
    if (message.qosLevel() != MqttQoS.AT_LEAST_ONCE) {
      connections.broke(
          endpoint.remoteAddress(),
          new IllegalStateException(
              session.agent().id() + " published with " + message.qosLevel() + ", not QoS 1"));
      endpoint.close();
      return;
    }
    int packet = message.messageId();
    if (!message.topicName().equals(session.agent().statementsTopic())) {
      session.turnAway(
          packet,
          new Refusal(
              Reason.WRONG_TOPIC,
              "published to "
                  + shortened(message.topicName())
                  + ", not "
                  + session.agent().statementsTopic()));
      return;
    }
    int length = message.payload().length();
    if (length > SignedStatement.MAX_LENGTH) {
      session.turnAway(
          packet,
          new Refusal(
              Reason.TOO_LARGE, length + " bytes, the limit is " + SignedStatement.MAX_LENGTH));
      return;
    }
    if (!session.enter(MAX_IN_FLIGHT)) {
      session.turnAway(
          packet, new Refusal(Reason.BUSY, MAX_IN_FLIGHT + " statements wait for their outcome"));
      return;
    }
    verifier.verify(session, packet, message.payload().getBytes());
  }

  private static String shortened(String topic) {
    return topic.length() <= 120 ? topic : topic.substring(0, 120) + "…";
  }

  private void subscribe(
      AgentSession session, MqttEndpoint endpoint, MqttSubscribeMessage message) {
    List<MqttSubAckReasonCode> codes = new ArrayList<>();
    List<MqttQoS> levels = new ArrayList<>();
    boolean receipts = false;
    for (MqttTopicSubscription subscription : message.topicSubscriptions()) {
      boolean granted = session.agent().mayReceive(subscription.topicName());
      if (subscription.topicName().equals(session.agent().feedbackTopic())) {
        session.advise();
      }
      receipts |= subscription.topicName().equals(session.agent().receiptsTopic());
      codes.add(granted ? MqttSubAckReasonCode.GRANTED_QOS0 : MqttSubAckReasonCode.NOT_AUTHORIZED);
      levels.add(granted ? MqttQoS.AT_MOST_ONCE : MqttQoS.FAILURE);
    }
    if (endpoint.protocolVersion() == MQTT_5) {
      endpoint.subscribeAcknowledge(message.messageId(), codes, MqttProperties.NO_PROPERTIES);
    } else {
      endpoint.subscribeAcknowledge(message.messageId(), levels);
    }
    if (receipts) {
      session.subscribe();
      subscribed.accept(session.agent().id());
    }
  }
}

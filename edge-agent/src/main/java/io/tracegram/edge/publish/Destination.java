package io.tracegram.edge.publish;

import io.tracegram.ledger.evidence.signature.PublicKey;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where statements go and who answers for them.
 *
 * @param broker such as {@code tcp://127.0.0.1:8081}
 * @param agent also the MQTT client id
 * @param gatewayKey signs the receipts; asked again until it is there, since the gateway makes it
 *     at its first start
 */
public record Destination(
    URI broker, String facility, String agent, Supplier<Optional<PublicKey>> gatewayKey) {
  String statementsTopic() {
    return "tracegram/v1/" + facility + "/" + agent + "/statements";
  }

  String feedbackTopic() {
    return "tracegram/v1/" + facility + "/" + agent + "/feedback";
  }

  String receiptsTopic() {
    return "tracegram/v1/" + facility + "/" + agent + "/receipts";
  }
}

package io.tracegram.edge.publish;

import io.tracegram.ledger.evidence.signature.PublicKey;
import java.net.URI;

/**
 * Where statements go and who answers for them.
 *
 * @param broker such as {@code tcp://127.0.0.1:8081}
 * @param agent also the MQTT client id
 * @param gatewayKey signs the receipts
 */
public record Destination(URI broker, String facility, String agent, PublicKey gatewayKey) {
  String statementsTopic() {
    return "tracegram/v1/" + facility + "/" + agent + "/statements";
  }

  String receiptsTopic() {
    return "tracegram/v1/" + facility + "/" + agent + "/receipts";
  }
}

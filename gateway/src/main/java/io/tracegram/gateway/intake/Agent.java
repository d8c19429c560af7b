package io.tracegram.gateway.intake;

import io.tracegram.ledger.evidence.signature.PublicKey;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An agent that may publish, with the key that its statements must be signed with. Thread-safe.
 *
 * @param line which of the verifier's lines its statements stand in
 * @param inFlight statements that wait for their outcome, over all its connections
 */
record Agent(String facility, String id, PublicKey key, int line, AtomicInteger inFlight) {
  String statementsTopic() {
    return "tracegram/v1/" + facility + "/" + id + "/statements";
  }

  String receiptsTopic() {
    return "tracegram/v1/" + facility + "/" + id + "/receipts";
  }

  String feedbackTopic() {
    return "tracegram/v1/" + facility + "/" + id + "/feedback";
  }

  /** Says whether the agent may listen to a topic. */
  boolean mayReceive(String topic) {
    String own = "tracegram/v1/" + facility + "/" + id + "/";
    return topic.equals(own + "receipts")
        || topic.equals(own + "config")
        || topic.equals(own + "feedback");
  }
}

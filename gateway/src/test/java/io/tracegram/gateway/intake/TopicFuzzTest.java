package io.tracegram.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever topic filter an agent names, it listens to nothing but its own three topics. */
class TopicFuzzTest {
  private static final Agent AGENT = agent();
  private static final Set<String> OWN =
      Set.of(
          "tracegram/v1/plant/agent/receipts",
          "tracegram/v1/plant/agent/config",
          "tracegram/v1/plant/agent/feedback");

  static Stream<byte[]> seeds() {
    return Stream.concat(
            OWN.stream(),
            Stream.of(
                "#",
                "+/v1/plant/agent/receipts",
                "tracegram/v1/plant/agent/#",
                "tracegram/v1/plant/agent/+",
                "tracegram/v1/plant/other/receipts",
                "$SYS/broker",
                "$share/g/tracegram/v1/plant/agent/receipts",
                "tracegram/v1/plant/agent/receipts/",
                "tracegram/v1/plant/agent/statements"))
        .map(topic -> topic.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void grantsOnlyItsOwnTopics(byte[] input) {
    String topic = new String(input, StandardCharsets.UTF_8);

    assertThat(AGENT.mayReceive(topic)).isEqualTo(OWN.contains(topic));
    assertThat(topic.equals(AGENT.statementsTopic()))
        .isEqualTo(topic.equals("tracegram/v1/plant/agent/statements"));
  }

  private static Agent agent() {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 7);
    return new Agent(
        "plant",
        "agent",
        PrivateKey.of(Algorithm.ES256, secret).publicKey(),
        0,
        new AtomicInteger());
  }
}

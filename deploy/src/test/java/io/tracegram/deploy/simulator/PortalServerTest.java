package io.tracegram.deploy.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.ScanHandler;
import io.tracegram.edge.device.llrp.LlrpPortal;
import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The simulated reader, as the agent's driver finds it. */
@Timeout(60)
class PortalServerTest {
  private static final byte[] PACK = Sgtin198.of(LotId.ofSerial("70614141123451", "32a/b"));

  private final PortalServer reader =
      new PortalServer("dock-gate", new HostPort("127.0.0.1", 0), System::nanoTime);
  private final List<Observation> told = new CopyOnWriteArrayList<>();
  private final List<LlrpPortal> portals = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    reader.start();
  }

  @AfterEach
  void stop() {
    portals.forEach(LlrpPortal::close);
    reader.stop();
  }

  /** The EPC Tag Data Standard's example, with the filter "all others". */
  @Test
  void writesAnItemAsTheStandardDoes() {
    assertThat(HexFormat.of().withUpperCase().formatHex(PACK))
        .isEqualTo("3614257BF6B7A659B2C2BF1000000000000000000000000000" + "00");
  }

  @Test
  void aTagThatPassesIsToldOnceThoughItIsReadThreeTimes() {
    assertThat(reader.pass(PACK)).as("nobody listens").isFalse();
    portal(Duration.ofSeconds(30));
    await().until(() -> reader.pass(PACK));
    await().until(() -> told.stream().anyMatch(Observation.TagsSeen.class::isInstance));
    assertThat(told)
        .filteredOn(Observation.TagsSeen.class::isInstance)
        .singleElement()
        .satisfies(
            seen -> {
              var tag = ((Observation.TagsSeen) seen).tags().getFirst();
              assertThat(tag.epc().bytes()).isEqualTo(PACK);
              assertThat(tag.count()).isEqualTo(3);
              assertThat(tag.firstSeenMicros()).as("a clock from 1970").isLessThan(60_000_000);
            });
  }

  @Test
  void itsKeepalivesKeepAConnection() {
    portal(Duration.ofMillis(100));
    await().until(() -> reader.pass(PACK));
    await()
        .during(Duration.ofMillis(700))
        .until(() -> told.stream().noneMatch(Observation.Bad.class::isInstance));
  }

  @Test
  void aSecondClientIsTurnedAwayAndComesInWhenTheFirstHasGone() {
    LlrpPortal first = portal(Duration.ofSeconds(30));
    await().until(() -> reader.pass(PACK));
    portal(Duration.ofSeconds(30));
    await()
        .until(
            () ->
                told.stream()
                    .anyMatch(
                        each ->
                            each instanceof Observation.Bad bad
                                && bad.reason().contains("(status 2)")));
    told.clear();
    first.close();
    await().until(() -> told.stream().anyMatch(Observation.Good.class::isInstance));
  }

  private LlrpPortal portal(Duration keepalive) {
    LlrpPortal portal =
        new LlrpPortal(
            new LlrpPortal.Settings(
                "dock-gate",
                new HostPort("127.0.0.1", reader.port()),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                keepalive),
            new Teller(),
            new Backoff(Duration.ofMillis(5), Duration.ofMillis(20), new Random(1)),
            System::nanoTime,
            () -> System.nanoTime() / 1_000_000);
    portals.add(portal);
    portal.start();
    return portal;
  }

  private final class Teller implements ScanHandler {
    @Override
    public boolean keep(List<Observation> observations) {
      return told.addAll(observations);
    }

    @Override
    public void note(Observation observation) {
      told.add(observation);
    }
  }
}

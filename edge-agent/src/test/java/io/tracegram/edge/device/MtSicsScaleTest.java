package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.quantity.Mass;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MtSicsScaleTest {
  @ParameterizedTest
  @CsvSource({
    "'S S     100.00 g', 100000",
    "'S S      0.001 g', 1",
    "'S S    25.0005 kg', 25000500",
    "'S S 1.000000001 t', 1000000001",
  })
  void readsAStableWeightToTheMilligram(String reply, long milligrams) {
    assertThat(weigh(reply)).isEqualTo(new Observation.Weighed("scale", new Mass(milligrams)));
  }

  @ParameterizedTest
  @CsvSource({
    "'S D      99.98 g', weight.unstable, until the display stands still",
    "'S I', weight.unstable, no stable weight",
    "'S +', weight.overload, take load off",
    "'S -', weight.underload, zero it",
    "'S S       0.00 g', weight.not-positive, put the load on",
    "'S S      -1.50 g', weight.not-positive, put the load on",
    "'S S     100.00 lb', weight.unit, set it to g",
    "'S S    0.0001 g', weight.resolution, finer than a milligram",
    "'S S 99999999999 g', scale.bad-reply, MT-SICS",
    "'ES', scale.no-command, MT-SICS level 0",
    "'EL', scale.no-command, MT-SICS level 0",
    "'ET', scale.transmission, baud rate",
    "'S S 1e3 g', scale.bad-reply, MT-SICS",
    "'S S ١٢٣ g', scale.bad-reply, MT-SICS",
    "'HTTP/1.1 400 <b>', scale.bad-reply, '\"HTTP/1.1 400 <b>\"'",
  })
  void refusesEverythingElseWithWhatToDo(String reply, String code, String reason) {
    switch (weigh(reply)) {
      case Observation.Refused refused -> {
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.reason()).contains(reason);
      }
      case Observation.Bad bad -> {
        assertThat(bad.code()).isEqualTo(code);
        assertThat(bad.reason()).contains(reason);
      }
      case Observation other -> assertThat(other).as("refused").isNull();
    }
  }

  @Test
  void refusesALineWithoutEndAndAScaleThatIsSilent() {
    assertThat(((Observation.Bad) weigh("S S ".repeat(25_000))).code())
        .isEqualTo("scale.bad-reply");
    assertThat(((Observation.Bad) weigh("")).code()).isEqualTo("scale.timeout");
  }

  @Test
  void neverTakesALateWeightForALaterLoads() {
    AtomicReference<String> reply = new AtomicReference<>("");
    try (RawServer server =
            new RawServer(
                socket -> {
                  var in = reader(socket.getInputStream());
                  for (String line = in.readLine(); line != null; line = in.readLine()) {
                    socket
                        .getOutputStream()
                        .write(String.valueOf(reply.get()).getBytes(StandardCharsets.US_ASCII));
                  }
                });
        MtSicsScale scale = scale(server)) {
      assertThat(scale.weigh()).isInstanceOf(Observation.Bad.class);
      // two weights in one answer: the second is nobody's
      reply.set("S S     1.00 g\r\nS S     2.00 g\r\n");
      await().until(() -> scale.weigh().equals(new Observation.Weighed("scale", new Mass(1_000))));
      reply.set("S S     3.00 g\r\n");
      assertThat(scale.weigh()).isEqualTo(new Observation.Weighed("scale", new Mass(3_000)));
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  private static Observation weigh(String reply) {
    try (RawServer server =
            new RawServer(
                socket -> {
                  assertThat(reader(socket.getInputStream()).readLine()).isEqualTo("S");
                  if (reply.isEmpty()) {
                    socket.getInputStream().read();
                  }
                  socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
                });
        MtSicsScale scale = scale(server)) {
      return scale.weigh();
    }
  }

  private static MtSicsScale scale(RawServer server) {
    return new MtSicsScale(
        "scale",
        server.address(),
        Duration.ofMillis(500),
        new Backoff(Duration.ofMillis(5), Duration.ofMillis(20), new Random(1)),
        System::nanoTime);
  }

  private static BufferedReader reader(java.io.InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
  }
}

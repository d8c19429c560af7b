package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.config.LineAddress;
import io.tracegram.runtime.profile.ScaleProfile.Protocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LineScaleTest {
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
        LineScale scale = scale(server)) {
      assertThat(scale.weigh()).isInstanceOf(Observation.Bad.class);
      // two weights in one answer: the second is nobody's
      reply.set("S S     1.00 g\r\nS S     2.00 g\r\n");
      await().until(() -> scale.weigh().equals(new Observation.Weighed("scale", new Mass(1_000))));
      reply.set("S S     3.00 g\r\n");
      assertThat(scale.weigh()).isEqualTo(new Observation.Weighed("scale", new Mass(3_000)));
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SBI, '\u001BP', '+   123.56 kg ', 123560000",
    "A_AND_D, 'S', 'ST,+0001.234 kg', 1234000",
    "OHAUS, 'SP', '      0.211 kg   NET', 211000"
  })
  void asksEachScaleInItsOwnWay(Protocol protocol, String request, String reply, long milligrams) {
    try (RawServer server =
            new RawServer(
                socket -> {
                  assertThat(reader(socket.getInputStream()).readLine()).isEqualTo(request);
                  socket
                      .getOutputStream()
                      .write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
                });
        LineScale scale = scale(protocol, new LineAddress.Tcp(server.address()))) {
      assertThat(scale.weigh()).isEqualTo(new Observation.Weighed("scale", new Mass(milligrams)));
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void takesNothingFromAScaleThatNeverEndsOrSpeaksNonsense(Protocol protocol) {
    for (byte[] answer :
        List.of(
            "9".repeat(100_000).getBytes(StandardCharsets.US_ASCII),
            "\u0000\u00FF\u001B[2J<b>\r\n".getBytes(StandardCharsets.ISO_8859_1),
            "+1e9 kg\r\n".getBytes(StandardCharsets.US_ASCII),
            "ST,+0001.234".getBytes(StandardCharsets.US_ASCII))) {
      try (RawServer server =
              new RawServer(
                  socket -> {
                    reader(socket.getInputStream()).readLine();
                    socket.getOutputStream().write(answer);
                  });
          LineScale scale = scale(protocol, new LineAddress.Tcp(server.address()))) {
        assertThat(scale.weigh())
            .isInstanceOfSatisfying(Observation.Bad.class, bad -> Reasons.isOne(bad.reason()));
      }
    }
  }

  @Test
  void neverReadsTheRestOfALineThatBeganBeforeItAsked() throws IOException {
    CountDownLatch half = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                socket -> {
                  socket.getOutputStream().write("      9".getBytes(StandardCharsets.US_ASCII));
                  half.countDown();
                  reader(socket.getInputStream()).readLine();
                  socket
                      .getOutputStream()
                      .write(
                          "     111.00 kg\r\n     192.21 g\r\n"
                              .getBytes(StandardCharsets.US_ASCII));
                });
        LineScale scale = scale(Protocol.OHAUS, new LineAddress.Tcp(server.address()))) {
      assertThat(scale.probe()).isInstanceOf(Observation.Good.class);
      await().until(() -> half.getCount() == 0);
      assertThat(scale.weigh()).isEqualTo(new Observation.Weighed("scale", new Mass(192_210)));
    }
  }

  @Test
  void weighsOverASerialLine(@TempDir Path directory) throws Exception {
    try (PtyPair cable = new PtyPair(directory);
        RandomAccessFile far = new RandomAccessFile(cable.theirs().toFile(), "rw");
        LineScale scale =
            scale(
                Protocol.SBI,
                new LineAddress.Serial(cable.ours(), 9_600, LineAddress.Parity.NONE, 1))) {
      Thread.ofVirtual()
          .start(
              () -> {
                byte[] request = new byte[4];
                try {
                  far.readFully(request);
                  far.write("+   123.56 g  \r\n".getBytes(StandardCharsets.US_ASCII));
                  far.readFully(request);
                  far.write("+   123.56    \r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  return; // the cable is gone
                }
              });

      assertThat(scale.weigh()).isEqualTo(new Observation.Weighed("scale", new Mass(123_560)));
      assertThat(scale.weigh())
          .isInstanceOfSatisfying(
              Observation.Refused.class,
              refused -> assertThat(refused.code()).isEqualTo("weight.unstable"));
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
        LineScale scale = scale(server)) {
      return scale.weigh();
    }
  }

  private static LineScale scale(RawServer server) {
    return scale(Protocol.MT_SICS, new LineAddress.Tcp(server.address()));
  }

  private static LineScale scale(Protocol protocol, LineAddress line) {
    return new LineScale(
        new LineScale.Settings("scale", line, protocol, Duration.ofMillis(500)),
        new Backoff(Duration.ofMillis(5), Duration.ofMillis(20), new Random(1)),
        System::nanoTime);
  }

  private static BufferedReader reader(java.io.InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
  }
}

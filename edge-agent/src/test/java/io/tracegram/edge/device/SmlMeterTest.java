package io.tracegram.edge.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.LineAddress;
import io.tracegram.runtime.profile.SmlProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmlMeterTest {
  private static final SmlProfile DZG =
      (SmlProfile) Profiles.CATALOG.find("dzg/dvs74").orElseThrow();
  private static final SmlProfile EMH =
      (SmlProfile) Profiles.CATALOG.find("emh/mme40").orElseThrow();

  private static final String SERIAL = "1DZG0060694611";

  /** Published with libsml-testing: three telegrams of 252 bytes. */
  private static final byte[] STREAM = published();

  private static final byte[] TELEGRAM = Arrays.copyOf(STREAM, 252);

  /** 13,130.4 Wh in, 1,499,708.5 Wh out. */
  private static final List<Observation.Value> VALUES =
      List.of(
          new Observation.Value(Register.ENERGY_IMPORT, 13_130_400, 100),
          new Observation.Value(Register.ENERGY_EXPORT, 1_499_708_500, 100));

  private final BlockingQueue<byte[]> pushes = new LinkedBlockingQueue<>();
  private final AtomicInteger connection = new AtomicInteger();
  private final AtomicLong paused = new AtomicLong();

  private static byte[] published() {
    try (InputStream in =
        SmlMeterTest.class.getResourceAsStream(
            "/vectors/libsml-testing/DZG_DVS-7420.2V.G2_mtr2.bin")) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends what is pushed over its newest connection; an empty push ends that. */
  private RawServer head() {
    return new RawServer(
        socket -> {
          int mine = connection.incrementAndGet();
          OutputStream out = socket.getOutputStream();
          try {
            while (connection.get() == mine) {
              byte[] push = pushes.poll(5, TimeUnit.MILLISECONDS);
              if (push != null && push.length == 0) {
                return;
              } else if (push != null) {
                out.write(push);
              }
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private Meter meter(RawServer head, SmlProfile profile, String serial) {
    return meter(new LineAddress.Tcp(head.address()), profile, serial);
  }

  private Meter meter(LineAddress line, SmlProfile profile, String serial) {
    return new SmlMeter(
        new SmlMeter.Settings("grid", profile, serial, line, Duration.ofSeconds(10)),
        new Backoff(Duration.ofMillis(5), Duration.ofMillis(20), new Random(1)),
        this::nanos,
        () -> nanos() / 1_000_000);
  }

  private long nanos() {
    return System.nanoTime() + paused.get();
  }

  private void pass(Duration time) {
    paused.addAndGet(time.toNanos());
  }

  private static Observation.Measured measured(List<Observation> observations) {
    return observations.stream()
        .filter(Observation.Measured.class::isInstance)
        .map(Observation.Measured.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static Observation.Bad bad(Meter meter) throws InterruptedException {
    return (Observation.Bad) meter.poll().getFirst();
  }

  /** Polls until the meter says something. */
  private static List<Observation> said(Meter meter) {
    List<Observation> said = new ArrayList<>();
    await()
        .until(
            () -> {
              said.addAll(meter.poll());
              return !said.isEmpty();
            });
    return said;
  }

  @Test
  void readsAPublishedTelegram() throws InterruptedException {
    pushes.add(TELEGRAM);
    try (RawServer head = head();
        Meter meter = meter(head, DZG, SERIAL)) {
      List<Observation> first = meter.poll();

      assertThat(first.getFirst()).isEqualTo(new Observation.Good("grid", "dzg/dvs74 " + SERIAL));
      assertThat(first).hasSize(2);
      assertThat(measured(first).serial()).isEqualTo(SERIAL);
      assertThat(measured(first).values()).isEqualTo(VALUES);
    }
  }

  @Test
  void givesEachTelegramOnceWithTheTimeAtWhichItCame() throws InterruptedException {
    pushes.add(TELEGRAM);
    try (RawServer head = head();
        Meter meter = meter(head, DZG, SERIAL)) {
      assertThat(measured(meter.poll()).ageMillis()).isLessThan(5_000);
      pass(Duration.ofSeconds(4));
      assertThat(meter.poll()).as("nothing new came").isEmpty();

      // two that come before the next poll: the newest is given
      pushes.add(Arrays.copyOfRange(STREAM, 252, 756));
      assertThat(measured(said(meter)).values()).isEqualTo(VALUES);
      assertThat(meter.poll()).isEmpty();
    }
  }

  @Test
  void tellsHowLongAgoTheTelegramCameThatAPollFinds() throws InterruptedException {
    pushes.add(TELEGRAM);
    try (RawServer head = head();
        Meter meter = meter(head, DZG, SERIAL)) {
      assertThat(measured(meter.poll()).ageMillis()).isLessThan(1_000);
      pushes.add(TELEGRAM);
      pushes.add(new byte[0]);
      // it was heard before its connection ended
      await().until(() -> head.connections() > 1);
      pass(Duration.ofSeconds(3));

      assertThat(measured(meter.poll()).ageMillis()).isBetween(3_000L, 4_000L);
    }
  }

  @Test
  void aMeterThatFallsSilentIsBadAndItsLastValuesAreNotRepeated() throws InterruptedException {
    pushes.add(TELEGRAM);
    try (RawServer head = head();
        Meter meter = meter(head, DZG, SERIAL)) {
      assertThat(measured(meter.poll()).values()).isEqualTo(VALUES);
      pass(Duration.ofSeconds(10));

      Observation.Bad bad = bad(meter);
      assertThat(bad.code()).isEqualTo("sml.silent");
      assertThat(bad.reason()).contains("nothing at all", "baud rate");
      assertThat(bad(meter)).isEqualTo(bad);

      pushes.add(TELEGRAM);
      await().until(() -> meter.poll().getFirst() instanceof Observation.Good);
    }
  }

  @Test
  void anUnreadTelegramIsNoValueOnceItIsOlderThanTheSilence() throws InterruptedException {
    pushes.add(TELEGRAM);
    try (RawServer head = head();
        Meter meter = meter(head, DZG, SERIAL)) {
      assertThat(meter.poll()).isNotEmpty();
      pushes.add(TELEGRAM);
      pushes.add(new byte[0]);
      await().until(() -> head.connections() > 1);
      pass(Duration.ofSeconds(11));

      assertThat(meter.poll()).hasOnlyElementsOfType(Observation.Bad.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "garbled, sml.bad-telegram, with a wrong checksum",
    "noise, sml.silent, only ",
    "text, sml.silent, only ",
    "open, sml.silent, nothing at all"
  })
  void turnsWhatIsNoTelegramIntoAReasonAndNeverIntoAValue(String habit, String code, String reason)
      throws InterruptedException {
    byte[] garbled = TELEGRAM.clone();
    garbled[100] ^= 4;
    switch (habit) {
      case "garbled" -> pushes.add(garbled);
      case "noise" -> pushes.add(new byte[100_000]);
      case "text" -> pushes.add("a".repeat(100_000).getBytes(US_ASCII));
      case "open" -> {
        // says nothing
      }
      default -> throw new IllegalArgumentException(habit);
    }
    try (RawServer head = head();
        Meter meter = meter(head, DZG, SERIAL)) {
      Thread time =
          Thread.ofVirtual()
              .start(
                  () -> {
                    await().until(() -> pushes.isEmpty() && head.connections() > 0);
                    await().during(Duration.ofMillis(100)).until(() -> true);
                    pass(Duration.ofSeconds(10));
                  });
      Observation.Bad bad = bad(meter);
      time.join();

      assertThat(bad.code()).isEqualTo(code);
      assertThat(bad.reason()).contains(reason);
      Reasons.isOneOf(bad);

      pushes.add(TELEGRAM);
      await().until(() -> meter.poll().getFirst() instanceof Observation.Good);
    }
  }

  @Test
  void countsSpoiledTelegramsAndSaysSoBesideTheValues() throws InterruptedException {
    byte[] garbled = TELEGRAM.clone();
    garbled[100] ^= 4;
    pushes.add(Arrays.copyOf(garbled, 252));
    pushes.add(garbled);
    pushes.add(TELEGRAM);
    try (RawServer head = head();
        Meter meter = meter(head, DZG, SERIAL)) {
      List<Observation> said = meter.poll();

      assertThat(measured(said).values()).isEqualTo(VALUES);
      assertThat(said.getLast())
          .isInstanceOfSatisfying(
              Observation.Refused.class,
              refused -> {
                assertThat(refused.code()).isEqualTo("sml.bad-telegram");
                assertThat(refused.reason()).contains("2 telegrams", "wrong checksum");
              });
      assertThat(meter.poll()).as("said once").isEmpty();
    }
  }

  @Test
  void refusesAnotherMeter() throws InterruptedException {
    pushes.add(TELEGRAM);
    try (RawServer head = head();
        Meter replaced = meter(head, DZG, "1DZG0012345678")) {
      Observation.Bad bad = bad(replaced);
      assertThat(bad.code()).isEqualTo("meter.wrong-serial");
      assertThat(bad.reason()).contains(SERIAL, "1DZG0012345678", "correct the plant file");
    }
  }

  @Test
  void refusesAnotherMakersMeter() throws InterruptedException {
    pushes.add(TELEGRAM);
    try (RawServer head = head();
        Meter other = meter(head, EMH, "")) {
      Observation.Bad bad = bad(other);
      assertThat(bad.code()).isEqualTo("meter.wrong-model");
      assertThat(bad.reason()).contains("\"DZG\"", "emh/mme40");
    }
  }

  @Test
  void saysWhyALineDoesNotOpenAndReadsOnceItDoes() throws InterruptedException {
    int port = RawServer.freePort();
    try (Meter meter = meter(new LineAddress.Tcp(new HostPort("127.0.0.1", port)), DZG, "")) {
      Observation.Bad bad = bad(meter);
      assertThat(bad.code()).isEqualTo("sml.unreachable");
      assertThat(bad.reason()).contains("127.0.0.1:" + port);
      Reasons.isOneOf(bad);
    }
  }

  @Test
  void connectsAgainWhenTheConnectionIsCut() throws InterruptedException {
    pushes.add(TELEGRAM);
    try (RawServer head = head();
        Meter meter = meter(head, DZG, SERIAL)) {
      assertThat(measured(meter.poll()).values()).isEqualTo(VALUES);
      pushes.add(Arrays.copyOf(TELEGRAM, 100));
      pushes.add(new byte[0]);
      await().until(() -> head.connections() > 1);
      pushes.add(TELEGRAM);

      assertThat(measured(said(meter)).values()).isEqualTo(VALUES);
    }
  }

  @Test
  void readsOverASerialLine(@TempDir Path directory) throws Exception {
    try (PtyPair cable = new PtyPair(directory);
        RandomAccessFile far = new RandomAccessFile(cable.theirs().toFile(), "rw");
        Meter meter =
            meter(
                new LineAddress.Serial(cable.ours(), 9_600, LineAddress.Parity.NONE, 1),
                DZG,
                SERIAL)) {
      List<Observation> said = new ArrayList<>();
      await()
          .until(
              () -> {
                // what was pushed before the port was opened may be lost
                far.write(TELEGRAM);
                said.addAll(meter.poll());
                return said.stream().anyMatch(Observation.Measured.class::isInstance);
              });

      assertThat(measured(said).values()).isEqualTo(VALUES);
    }
  }
}

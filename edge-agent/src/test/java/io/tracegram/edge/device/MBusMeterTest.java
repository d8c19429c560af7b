package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.runtime.config.BusConnection;
import io.tracegram.runtime.config.LineAddress;
import io.tracegram.runtime.profile.MBusFrame;
import io.tracegram.runtime.profile.MBusProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MBusMeterTest {
  private static final MBusProfile GAS =
      (MBusProfile) Profiles.CATALOG.find("itron/cyble-gas").orElseThrow();

  /** Published with libmbus: 0.26 m3 of meter 10020387 at address 4. */
  private static final byte[] TELEGRAM =
      hex(
          "68 56 56 68 08 04 72 87 03 02 10 77 04 14 03 9A 00 00 00 0C 78 87 03 02 10 0D 7C 08 44"
              + " 49 20 2E 74 73 75 63 0A 20 20 20 20 20 20 20 20 20 20 04 6D 2B 0F 79 1A 02 7C 09"
              + " 65 6D 69 74 20 2E 74 61 62 D2 0F 04 14 1A 00 00 00 04 94 7F 00 00 00 00 44 14 19"
              + " 00 00 00 0F 00 02 1F 9F 16");

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicLong paused = new AtomicLong();

  /** Gives the reply to a request of five bytes. */
  private interface Habit {
    byte[] reply(byte[] request) throws IOException;
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static byte[] sound(byte[] request, byte[] telegram) {
    if (request[2] != 4) {
      return new byte[0];
    }
    return request[1] == 0x40 ? new byte[] {MBusFrame.ACK} : telegram;
  }

  private RawServer server(Habit habit) {
    return new RawServer(socket -> serve(socket, habit));
  }

  private void serve(Socket socket, Habit habit) throws IOException {
    InputStream in = socket.getInputStream();
    for (byte[] request = in.readNBytes(5); request.length == 5; request = in.readNBytes(5)) {
      asked.add(HexFormat.ofDelimiter(" ").withUpperCase().formatHex(request));
      socket.getOutputStream().write(habit.reply(request));
    }
  }

  @Test
  void readsAPublishedTelegram() throws InterruptedException {
    try (RawServer converter = server(request -> sound(request, TELEGRAM));
        Bus bus = bus(converter, 2_000);
        Meter meter = meter(bus, 4, "10020387")) {
      assertThat(meter.poll())
          .containsExactly(
              new Observation.Good("g4", "itron/cyble-gas \"ACW\" 10020387 version 20 gas"),
              new Observation.Measured(
                  "g4",
                  "10020387",
                  List.of(new Observation.Value(Register.ENERGY_IMPORT, 260_000, 10_000))));
      assertThat(asked).containsExactly("10 40 04 44 16", "10 7B 04 7F 16");
    }
  }

  @Test
  void asksForFurtherTelegramsUntilTheRecordIsThere() throws InterruptedException {
    byte[] header = Arrays.copyOfRange(TELEGRAM, 4, 19);
    // more records follow: 1F ends the first
    byte[] first = MBusFrame.ofLong(concat(header, hex("01 FD 17 00 1F")));
    try (RawServer converter =
            server(request -> sound(request, request[1] == 0x7B ? first : TELEGRAM));
        Bus bus = bus(converter, 2_000);
        Meter meter = meter(bus, 4, "")) {
      assertThat(meter.poll()).hasAtLeastOneElementOfType(Observation.Measured.class);
      assertThat(asked).containsExactly("10 40 04 44 16", "10 7B 04 7F 16", "10 5B 04 5F 16");
    }
  }

  @Test
  void asksNoMeterForeverThatAlwaysHasMore() throws InterruptedException {
    byte[] header = Arrays.copyOfRange(TELEGRAM, 4, 19);
    byte[] more = MBusFrame.ofLong(concat(header, hex("01 FD 17 00 1F")));
    try (RawServer converter = server(request -> sound(request, more));
        Bus bus = bus(converter, 2_000);
        Meter meter = meter(bus, 4, "")) {
      assertThat(bad(meter).reason()).contains("after 8 telegrams");
      assertThat(asked).hasSize(9);
    }
  }

  @Test
  void seesAtTheNextPollThatTheMeterIsAnother() throws InterruptedException {
    byte[] another = TELEGRAM.clone();
    another[7]++;
    another[another.length - 2]++;
    AtomicInteger polls = new AtomicInteger();
    try (RawServer converter =
            server(
                request ->
                    sound(
                        request,
                        request[1] == 0x40 || polls.getAndIncrement() == 0 ? TELEGRAM : another));
        Bus bus = bus(converter, 2_000);
        Meter declared = meter(bus, 4, "10020387");
        Meter undeclared = meter(bus, 4, "")) {
      assertThat(declared.poll()).hasAtLeastOneElementOfType(Observation.Measured.class);

      Observation.Bad bad = bad(declared);
      assertThat(bad.code()).isEqualTo("meter.wrong-serial");
      assertThat(bad.reason()).contains("10020388", "10020387", "correct the plant file");
      // where none is declared, its values are those of another series
      assertThat(undeclared.poll())
          .anySatisfy(
              each ->
                  assertThat(each)
                      .isInstanceOfSatisfying(
                          Observation.Measured.class,
                          measured -> assertThat(measured.serial()).isEqualTo("10020388")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "silent, m-bus.timeout, 'nothing'",
    "only-ack, m-bus.timeout, 'nothing'",
    "cut, m-bus.timeout, 'only 68 56 56 68'",
    "garbled, m-bus.bad-reply, 'no sound frame, 68 56'",
    "two-lengths, m-bus.bad-reply, 'no sound frame, 68 56 57'",
    "other-unit, m-bus.timeout, 'only a frame of another device'",
    "other-meter, meter.wrong-model, 'heat, which itron/cyble-gas is not made for'",
    "no-record, meter.not-available, 'sends no such record'",
    "fault, meter.not-available, 'error of its own'",
    "fixed-data, m-bus.bad-reply, 'of another kind'",
    "noise, m-bus.bad-reply, 'no sound frame'"
  })
  void turnsEveryBadReplyIntoAReasonAndNeverIntoAValue(String habit, String code, String reason)
      throws InterruptedException {
    AtomicInteger spoiling = new AtomicInteger(1);
    try (RawServer converter =
            server(
                request ->
                    spoiling.get() == 1 ? spoiled(habit, request) : sound(request, TELEGRAM));
        Bus bus = bus(converter, 300);
        Meter meter = meter(bus, 4, "")) {
      Observation.Bad bad = bad(meter);
      assertThat(bad.code()).isEqualTo(code);
      assertThat(bad.reason()).contains(reason);
      Reasons.isOneOf(bad);
      int before = asked.size();
      assertThat(bad(meter)).isEqualTo(bad);
      assertThat(asked).as("it is left alone").hasSize(before);

      spoiling.set(0);
      paused.addAndGet(Duration.ofMinutes(1).toNanos());
      assertThat(meter.poll()).hasAtLeastOneElementOfType(Observation.Measured.class);
    }
  }

  private static byte[] spoiled(String habit, byte[] request) {
    boolean begin = request[1] == 0x40;
    return switch (habit) {
      case "silent" -> new byte[0];
      case "only-ack" -> begin ? sound(request, TELEGRAM) : new byte[0];
      case "noise" -> new byte[100_000];
      default -> begin ? sound(request, TELEGRAM) : spoiledTelegram(habit);
    };
  }

  private static byte[] spoiledTelegram(String habit) {
    byte[] body = Arrays.copyOfRange(TELEGRAM, 4, TELEGRAM.length - 2);
    byte[] frame = TELEGRAM.clone();
    switch (habit) {
      case "cut" -> {
        return Arrays.copyOf(frame, 40);
      }
      case "garbled" -> {
        frame[60] ^= 4;
        return frame;
      }
      case "two-lengths" -> {
        frame[2]++;
        return frame;
      }
      case "other-unit" -> body[1]++;
      case "other-meter" -> body[10] = 4;
      case "no-record" -> body = Arrays.copyOf(body, 15);
      case "fault" -> body[12] = 8;
      case "fixed-data" -> body[2] = 0x73;
      default -> throw new IllegalArgumentException(habit);
    }
    return MBusFrame.ofLong(body);
  }

  @Test
  void aSilentMeterCostsTheOthersNoValue() throws InterruptedException {
    try (RawServer converter = server(request -> sound(request, TELEGRAM));
        Bus bus = bus(converter, 300);
        Meter silent = meter(bus, 9, "");
        Meter meter = meter(bus, 4, "")) {
      for (int poll = 0; poll < 10; poll++) {
        assertThat(bad(silent).code()).isEqualTo("m-bus.timeout");
        assertThat(meter.poll()).hasAtLeastOneElementOfType(Observation.Measured.class);
      }
      assertThat(asked.stream().filter(request -> request.contains(" 09 "))).hasSize(1);
    }
  }

  @Test
  void readsOverASerialLine(@TempDir Path directory) throws Exception {
    try (PtyPair cable = new PtyPair(directory);
        RandomAccessFile far = new RandomAccessFile(cable.theirs().toFile(), "rw");
        Bus bus =
            bus(new LineAddress.Serial(cable.ours(), 2_400, LineAddress.Parity.NONE, 1), 3_000);
        Meter meter = meter(bus, 4, "")) {
      Thread.ofVirtual()
          .start(
              () -> {
                byte[] request = new byte[5];
                try {
                  while (true) {
                    far.readFully(request);
                    far.write(sound(request, TELEGRAM));
                  }
                } catch (IOException e) {
                  return; // the cable is gone
                }
              });

      assertThat(meter.poll()).hasAtLeastOneElementOfType(Observation.Measured.class);
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static Observation.Bad bad(Meter meter) throws InterruptedException {
    return (Observation.Bad) meter.poll().getFirst();
  }

  private Bus bus(RawServer converter, long timeoutMillis) {
    return bus(new LineAddress.Tcp(converter.address()), timeoutMillis);
  }

  private Bus bus(LineAddress line, long timeoutMillis) {
    return new Bus(
        new BusConnection(
            "mbus",
            BusConnection.Protocol.M_BUS,
            line,
            Duration.ofMillis(timeoutMillis),
            Duration.ofMillis(2)),
        new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), new Random(1)),
        this::nanos);
  }

  private Meter meter(Bus bus, int unit, String serial) {
    return new MBusMeter(
        new MBusMeter.Settings("g" + unit, unit, GAS, serial, Duration.ofSeconds(5)),
        bus,
        new Backoff(Duration.ofSeconds(20), Duration.ofSeconds(40), new Random(1)),
        this::nanos);
  }

  private long nanos() {
    return System.nanoTime() + paused.get();
  }
}

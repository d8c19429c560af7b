package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.runtime.config.BusConnection;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.LineAddress;
import io.tracegram.runtime.profile.MeterProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtuMeterTest {
  private static final MeterProfile SDM630 = Profiles.meter("eastron/sdm630");
  private static final long ENERGY = 12_345_677_734L;
  private static final long DEAD_MILLIS = 400;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private final AtomicLong paused = new AtomicLong();

  @ParameterizedTest
  @CsvSource({
    "eastron/sdm630, energy-import, 01 04 00 48 00 02 F1 DD, 01 04 04 46 40 E6 B6 24 CE",
    "schneider/iem3155, energy-import, 01 03 0C 83 00 04 B6 B1,"
        + " 01 03 08 00 00 00 00 07 5B CD 15 70 2F"
  })
  void sendsAndTakesTheFramesOfTheVendors(
      String profile, String register, String request, String reply) {
    RtuFraming framing = new RtuFraming(1);
    RegisterBlock block =
        new RegisterBlock(
            Profiles.meter(profile).registers().stream()
                .filter(each -> each.quantity().id().equals(register))
                .toList());

    assertThat(HEX.formatHex(framing.request(block))).isEqualTo(request);
    assertThat(framing.judge(HEX.parseHex(reply))).isEqualTo(Framing.Verdict.REPLY);
  }

  @ParameterizedTest
  @CsvSource({
    "01 04 04 43 66 33 33 5A FA, REPLY",
    "01 04 04 09 00 00 00 F8 18, REPLY",
    "01 04 04 D6 87 00 12 F3 E8, REPLY",
    "01 03 08 00 00 00 00 00 12 D6 87 2B D0, REPLY",
    "01 03 08 FF FF FF FF FF FF FF FF D4 53, REPLY",
    "01 84 02 C2 C1, REPLY",
    "01 84 0B 02 C7, REPLY",
    "01 84 0B 02 C6, BROKEN",
    "02 84 0B 02 C7, BROKEN"
  })
  void judgesFramesByTheirChecksum(String frame, Framing.Verdict verdict) {
    byte[] bytes = HEX.parseHex(frame);

    assertThat(new RtuFraming(1).length(bytes, bytes.length)).isEqualTo(bytes.length);
    assertThat(new RtuFraming(1).judge(bytes)).isEqualTo(verdict);
    assertThat(new RtuFraming(7).judge(bytes)).isNotEqualTo(Framing.Verdict.REPLY);
  }

  @Test
  void readsAMeterOnABus() throws InterruptedException {
    try (RtuPeer peer = new RtuPeer(SDM630, "22304715", ENERGY);
        Bus bus = bus(peer, 2_000);
        Meter meter = meter(bus, 7)) {
      List<Observation> read = meter.poll();

      assertThat(read.getFirst()).isEqualTo(new Observation.Good("m7", "eastron/sdm630 22304715"));
      assertThat(RtuPeer.energyOf((Observation.Measured) read.get(1))).isEqualTo(ENERGY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "silent, modbus.timeout, 'nothing'",
    "cut, modbus.timeout, 'only 07 03 04'",
    "garbled, modbus.bad-reply, 'no sound frame, 07 03 04'",
    "other-unit, modbus.timeout, 'only a frame of another device, 08 03'",
    "other-function, modbus.bad-reply, 'function 4, asked was 3'",
    "short, modbus.bad-reply, 'says 2 bytes and has 2, expected 4'",
    "exception, modbus.exception, 'does not fit this meter model'",
    "noise, modbus.bad-reply, 'no sound frame'",
    "text, modbus.bad-reply, 'no sound frame'"
  })
  void turnsEveryBadReplyIntoAReasonAndNeverIntoAValue(String habit, String code, String reason)
      throws InterruptedException {
    try (RtuPeer peer = new RtuPeer(SDM630, "22304715", ENERGY);
        Bus bus = bus(peer, 300);
        Meter meter = meter(bus, 7)) {
      peer.habit((request, sound) -> spoiled(habit, sound));

      assertThat(meter.poll())
          .singleElement()
          .isInstanceOfSatisfying(
              Observation.Bad.class,
              bad -> {
                assertThat(bad.code()).isEqualTo(code);
                assertThat(bad.reason()).contains(reason);
                Reasons.isOneOf(bad);
              });
      // left alone: no other request was sent
      int asked = peer.asked().size();
      assertThat(meter.poll()).singleElement().isInstanceOf(Observation.Bad.class);
      assertThat(peer.asked()).hasSize(asked);

      peer.habit((request, sound) -> sound);
      pass(Duration.ofMinutes(1));
      assertThat(meter.poll()).hasAtLeastOneElementOfType(Observation.Measured.class);
    }
  }

  private static byte[] spoiled(String habit, byte[] sound) {
    byte[] bytes = sound.clone();
    return switch (habit) {
      case "silent" -> new byte[0];
      case "cut" -> Arrays.copyOf(sound, 5);
      case "garbled" -> {
        bytes[4] ^= 0x10;
        yield bytes;
      }
      case "other-unit" -> {
        bytes[0]++;
        yield RtuPeer.sealed(Arrays.copyOf(bytes, bytes.length - 2));
      }
      case "other-function" -> {
        bytes[1] ^= 7;
        yield RtuPeer.sealed(Arrays.copyOf(bytes, bytes.length - 2));
      }
      case "short" -> RtuPeer.sealed(bytes[0], bytes[1], (byte) 2, (byte) 0, (byte) 1);
      case "exception" -> RtuPeer.sealed(bytes[0], (byte) (bytes[1] | 0x80), (byte) 2);
      case "noise" -> {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        noise[1] = 0x55;
        yield noise;
      }
      default -> "login: ".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    };
  }

  @Test
  void asksOnceMoreForAReplyThatWasSpoiledOnTheWay() throws InterruptedException {
    AtomicBoolean first = new AtomicBoolean(true);
    try (RtuPeer peer = new RtuPeer(SDM630, "22304715", ENERGY);
        Bus bus = bus(peer, 2_000);
        Meter meter = meter(bus, 7)) {
      peer.habit((request, sound) -> first.getAndSet(false) ? spoiled("garbled", sound) : sound);

      assertThat(meter.poll()).hasAtLeastOneElementOfType(Observation.Measured.class);
    }
  }

  @Test
  void takesADoubledReplyOnce() throws InterruptedException {
    try (RtuPeer peer = new RtuPeer(SDM630, "22304715", ENERGY);
        Bus bus = bus(peer, 2_000);
        Meter meter = meter(bus, 7)) {
      peer.habit(
          (request, sound) -> {
            byte[] twice = Arrays.copyOf(sound, 2 * sound.length);
            System.arraycopy(sound, 0, twice, sound.length, sound.length);
            return twice;
          });

      for (int poll = 0; poll < 3; poll++) {
        assertThat(RtuPeer.energyOf((Observation.Measured) meter.poll().get(1))).isEqualTo(ENERGY);
      }
    }
  }

  @Test
  void takesNoLateReplyForAnother() throws InterruptedException {
    List<byte[]> late = Collections.synchronizedList(new ArrayList<>());
    try (RtuPeer peer = new RtuPeer(SDM630, "22304715", ENERGY);
        Bus bus = bus(peer, 300);
        Meter slow = meter(bus, 7);
        Meter quick = meter(bus, 8)) {
      // the answer of 7 comes while 8 is asked, and before 8's own
      peer.habit(
          (request, sound) -> {
            if (request[0] == 7) {
              late.add(sound);
              return new byte[0];
            }
            byte[] before = late.isEmpty() ? new byte[0] : late.removeFirst();
            byte[] both = Arrays.copyOf(before, before.length + sound.length);
            System.arraycopy(sound, 0, both, before.length, sound.length);
            return both;
          });

      assertThat(slow.poll()).singleElement().isInstanceOf(Observation.Bad.class);
      assertThat(quick.poll()).hasAtLeastOneElementOfType(Observation.Measured.class);
      assertThat(late).isEmpty();
    }
  }

  @Test
  void opensAConnectionAnewThatSaysNothing() throws InterruptedException {
    try (RtuPeer peer = new RtuPeer(SDM630, "22304715", ENERGY);
        Bus bus = bus(peer, 300);
        Meter meter = meter(bus, 7)) {
      peer.habit((request, sound) -> peer.connections() == 1 ? new byte[0] : sound);
      for (int poll = 0; poll < 3; poll++) {
        assertThat(meter.poll()).singleElement().isInstanceOf(Observation.Bad.class);
        pass(Duration.ofMinutes(1));
      }

      assertThat(meter.poll()).hasAtLeastOneElementOfType(Observation.Measured.class);
      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void aDeadMeterOfEightDelaysTheOthersOnlyAtItsRareTurns() throws Exception {
    try (RtuPeer peer = new RtuPeer(SDM630, "22304715", ENERGY);
        Bus bus = bus(peer, DEAD_MILLIS)) {
      AtomicLong plantMillis = new AtomicLong();
      List<Meter> meters = new ArrayList<>();
      for (int unit = 1; unit <= 8; unit++) {
        meters.add(meter(bus, unit, () -> plantMillis.get() * 1_000_000));
      }
      List<Long> alive = poll(meters, plantMillis);
      peer.habit((request, sound) -> request[0] == 4 ? new byte[0] : sound);
      long asked = peer.asked().stream().filter(unit -> unit == 4).count();

      List<Long> withDead = poll(meters, plantMillis);

      long turns = peer.asked().stream().filter(unit -> unit == 4).count() - asked;
      assertThat(turns).as("turns of the dead meter in 25 rounds").isBetween(2L, 4L);
      assertThat(median(withDead)).isLessThan(Collections.max(alive) + DEAD_MILLIS / 4);
      assertThat(withDead.stream().filter(millis -> millis > DEAD_MILLIS / 2).count())
          .as("rounds that wait for it, ms: %s; without: %s", withDead, alive)
          .isLessThanOrEqualTo(
              turns + alive.stream().filter(millis -> millis > DEAD_MILLIS / 2).count());
    }
  }

  /** Polls all at once, 25 times; returns how long the slowest of those alive took, ms. */
  private static List<Long> poll(List<Meter> meters, AtomicLong plantMillis)
      throws InterruptedException, ExecutionException {
    List<Long> slowest = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 25; round++) {
        plantMillis.addAndGet(100);
        List<Callable<Long>> polls = new ArrayList<>();
        for (Meter meter : meters) {
          polls.add(
              () -> {
                long begun = System.nanoTime();
                List<Observation> read = meter.poll();
                if (read.getFirst() instanceof Observation.Bad) {
                  assertThat(meter.id()).isEqualTo("m4");
                  return 0L;
                }
                return (System.nanoTime() - begun) / 1_000_000;
              });
        }
        long most = 0;
        for (Future<Long> done : threads.invokeAll(polls)) {
          most = Math.max(most, done.get());
        }
        slowest.add(most);
      }
    }
    return slowest;
  }

  private static long median(List<Long> millis) {
    return millis.stream().sorted().toList().get(millis.size() / 2);
  }

  @Test
  void saysThatALineDoesNotOpen() throws InterruptedException {
    BusConnection nowhere =
        new BusConnection(
            "hall",
            BusConnection.Protocol.MODBUS_RTU,
            new LineAddress.Tcp(new HostPort("127.0.0.1", RawServer.freePort())),
            Duration.ofSeconds(2),
            Duration.ofMillis(2));
    try (Bus bus = bus(nowhere);
        Meter meter = meter(bus, 7)) {
      assertThat(meter.poll())
          .singleElement()
          .isInstanceOfSatisfying(
              Observation.Bad.class,
              bad -> {
                assertThat(bad.code()).isEqualTo("modbus.unreachable");
                assertThat(bad.reason()).contains("bus hall at 127.0.0.1");
              });
    }
  }

  private void pass(Duration time) {
    paused.addAndGet(time.toNanos());
  }

  private Bus bus(RtuPeer peer, long timeoutMillis) {
    return bus(peer.bus(timeoutMillis));
  }

  private Bus bus(BusConnection connection) {
    return new Bus(
        connection,
        new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), new Random(1)),
        this::nanos);
  }

  private Meter meter(Bus bus, int unit) {
    return meter(bus, unit, this::nanos);
  }

  private static Meter meter(Bus bus, int unit, LongSupplier nanos) {
    return new ModbusMeter(
        new ModbusMeter.Settings("m" + unit, SDM630, "", Duration.ofSeconds(5)),
        new ModbusRoute.OnBus(bus, unit),
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(unit)),
        nanos);
  }

  private long nanos() {
    return System.nanoTime() + paused.get();
  }
}

package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.runtime.config.BusConnection;
import io.tracegram.runtime.config.LineAddress;
import io.tracegram.runtime.profile.MeterProfile;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over a serial line; needs socat and libmodbus, which deploy/test installs. */
class RtuSerialTest {
  private static final MeterProfile SDM630 = Profiles.meter("eastron/sdm630");

  private final Path directory;

  RtuSerialTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void readsASlaveThatIsLibmodbus() throws Throwable {
    try (PtyPair cable = new PtyPair(directory);
        Bus bus = bus(cable.ours());
        Meter there = meter(bus, 7);
        Meter absent = meter(bus, 8)) {
      LibmodbusSlave slave = new LibmodbusSlave(cable.theirs().toString(), 7);
      slave.input(0x0048, HexFormat.of().parseHex("4640E6B600000000"));
      slave.input(0x0034, HexFormat.of().parseHex("4952C120"));
      slave.holding(0xFC00, HexFormat.of().parseHex("015457CB"));
      Thread.ofPlatform().daemon().start(slave::serve);

      for (int poll = 0; poll < 3; poll++) {
        Observation.Measured measured = (Observation.Measured) there.poll().get(1);
        assertThat(measured.serial()).isEqualTo("22304715");
        assertThat(RtuPeer.energyOf(measured)).isEqualTo(12_345_677_734L);
      }
      // last, since libmodbus takes whatever follows for the other unit's reply
      assertThat(absent.poll()).singleElement().isInstanceOf(Observation.Bad.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"cut, modbus.timeout", "garbled, modbus.bad-reply", "silent, modbus.timeout"})
  void saysWhatIsWrongOnABadCable(String fault, String code) throws Exception {
    try (PtyPair cable = new PtyPair(directory);
        RandomAccessFile far = new RandomAccessFile(cable.theirs().toFile(), "rw");
        Bus bus = bus(cable.ours());
        Meter meter = meter(bus, 1)) {
      byte[] sound = HexFormat.of().parseHex("0103040154" + "57CBC5B8");
      Thread.ofVirtual()
          .start(
              () -> {
                byte[] request = new byte[8];
                try {
                  while (true) {
                    far.readFully(request);
                    far.write(spoiled(fault, sound));
                  }
                } catch (java.io.IOException e) {
                  return; // the cable is gone
                }
              });

      assertThat(meter.poll())
          .singleElement()
          .isInstanceOfSatisfying(
              Observation.Bad.class, bad -> assertThat(bad.code()).isEqualTo(code));
    }
  }

  private static byte[] spoiled(String fault, byte[] sound) {
    return switch (fault) {
      case "cut" -> Arrays.copyOf(sound, 6);
      case "garbled" -> {
        byte[] bytes = sound.clone();
        bytes[5] ^= 1;
        yield bytes;
      }
      default -> new byte[0];
    };
  }

  @Test
  void saysThatThereIsNoSuchPort() throws InterruptedException {
    try (Bus bus = bus("/dev/serial/by-id/nothing");
        Meter meter = meter(bus, 1)) {
      assertThat(meter.poll())
          .singleElement()
          .isInstanceOfSatisfying(
              Observation.Bad.class,
              bad -> {
                assertThat(bad.code()).isEqualTo("modbus.unreachable");
                assertThat(bad.reason()).contains("/dev/serial/by-id/nothing");
              });
    }
  }

  private static Bus bus(String device) {
    return new Bus(
        new BusConnection(
            "cellar",
            BusConnection.Protocol.MODBUS_RTU,
            new LineAddress.Serial(device, 9_600, LineAddress.Parity.NONE, 1),
            Duration.ofMillis(1_000),
            Duration.ofMillis(5)),
        new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), new Random(1)),
        System::nanoTime);
  }

  private static Meter meter(Bus bus, int unit) {
    return new ModbusMeter(
        new ModbusMeter.Settings("m" + unit, SDM630, "", Duration.ofSeconds(10)),
        new ModbusRoute.OnBus(bus, unit),
        new Backoff(Duration.ofSeconds(4), Duration.ofSeconds(30), new Random(unit)),
        System::nanoTime);
  }
}

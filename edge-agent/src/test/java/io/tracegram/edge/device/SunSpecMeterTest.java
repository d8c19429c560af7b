package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.runtime.config.RecordingFile;
import io.tracegram.runtime.profile.MeterProfile;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The devices have the registers that the recordings show, and no others. */
class SunSpecMeterTest {
  private static final MeterProfile PROFILE = Profiles.meter("sunspec/meter");
  private static final int MODEL_203 = 40_069;

  private final ModbusNetwork network = new ModbusNetwork();
  private final Map<Integer, Short> registers = new ConcurrentHashMap<>();
  private final RawServer device = new RawServer(this::serve);

  @AfterEach
  void close() {
    device.close();
    network.close();
  }

  @Test
  void findsAndReadsAMeterWithScaleFactors() throws InterruptedException {
    record("meter");
    try (ModbusMeter meter = meter("4711-0815")) {
      assertThat(meter.poll())
          .containsExactly(
              new Observation.Good("main", "sunspec/meter 4711-0815"),
              new Observation.Measured(
                  "main",
                  "4711-0815",
                  List.of(
                      new Observation.Value(Register.POWER, -12_340_000, 10_000),
                      new Observation.Value(Register.ENERGY_EXPORT, 25_000, 100),
                      new Observation.Value(Register.ENERGY_IMPORT, 12_345_678_900L, 100))));
    }
  }

  @Test
  void findsAndReadsAMeterWithFloatsAtTheSecondBase() throws InterruptedException {
    record("meter-float");
    try (ModbusMeter meter = meter("")) {
      assertThat(meter.poll())
          .contains(
              new Observation.Measured(
                  "main",
                  "4711-0815",
                  List.of(
                      new Observation.Value(Register.POWER, 978_250, 1),
                      new Observation.Value(Register.ENERGY_IMPORT, 12_345_678_000L, 1_000))));
    }
  }

  @Test
  void readsAMeterOnABus() throws InterruptedException {
    record("meter");
    try (RtuPeer peer = new RtuPeer(Profiles.meter("eastron/sdm630"), "1", 0);
        Bus bus = bus(peer);
        ModbusMeter meter = meter(new ModbusRoute.OnBus(bus, 1), "4711-0815")) {
      peer.habit((request, sound) -> rtu(request));
      assertThat(meter.poll()).anyMatch(Observation.Measured.class::isInstance);
    }
  }

  @Test
  void takesAnotherScaleFactorWithTheValueThatItIsFor() throws InterruptedException {
    record("meter");
    try (ModbusMeter meter = meter("")) {
      assertThat(meter.poll()).anyMatch(Observation.Measured.class::isInstance);
      registers.put(MODEL_203 + 54, (short) 0);
      registers.put(MODEL_203 + 46, (short) 0);
      registers.put(MODEL_203 + 47, (short) 42);
      assertThat(meter.poll().toString()).contains("ENERGY_IMPORT, baseUnits=42000");
    }
  }

  @Test
  void looksAnewForAModelThatMoved() throws InterruptedException {
    record("meter");
    try (ModbusMeter meter = meter("")) {
      assertThat(meter.poll()).anyMatch(Observation.Measured.class::isInstance);
      registers.put(MODEL_203, (short) 65_535);
      assertThat(bad(meter).code()).isEqualTo("sunspec.not-found");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "40000, 1, sunspec.not-found, '40000, 50000 or 0'",
    "40069, 103, modbus.exception, illegal data address",
    "40069, -1, sunspec.not-found, has no meter",
    "40070, 104, sunspec.not-found, model 203 with 104 registers at 40069",
    "40003, 0, sunspec.not-found, model 1 with 0 registers",
    "40052, 14129, meter.wrong-serial, plant file says 4711-0815",
    "40123, -32768, meter.not-available, no energy value",
    "40123, 99, meter.scale-factor, '-10 to 10'",
  })
  void turnsEveryWordThatCannotBeIntoAReason(int address, int word, String code, String reason)
      throws InterruptedException {
    record("meter");
    registers.put(address, (short) word);
    try (ModbusMeter meter = meter("4711-0815")) {
      Observation.Bad bad = bad(meter);
      assertThat(bad.code()).isEqualTo(code);
      assertThat(bad.reason()).contains(reason);
      Reasons.isOne(bad.reason());
    }
  }

  private void record(String name) {
    Path file = Path.of("..", "device-configs", "recordings", "sunspec", name + ".yaml");
    for (RecordingFile.Frame frame : RecordingFile.load(file).orThrow().frames()) {
      ByteBuffer request = ByteBuffer.wrap(HexFormat.of().parseHex(frame.request()));
      ByteBuffer reply = ByteBuffer.wrap(HexFormat.of().parseHex(frame.reply()));
      for (int i = 0; i < request.getShort(4); i++) {
        registers.put((request.getShort(2) & 0xFFFF) + i, reply.getShort(3 + 2 * i));
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    for (byte[] request = in.readNBytes(12); request.length == 12; request = in.readNBytes(12)) {
      byte[] pdu = answer(ByteBuffer.wrap(request, 7, 5).slice());
      socket
          .getOutputStream()
          .write(
              ByteBuffer.allocate(7 + pdu.length)
                  .put(request, 0, 4)
                  .putShort((short) (1 + pdu.length))
                  .put(request[6])
                  .put(pdu)
                  .array());
    }
  }

  private byte[] rtu(byte[] request) {
    byte[] pdu = answer(ByteBuffer.wrap(request, 1, 5).slice());
    return RtuPeer.sealed(ByteBuffer.allocate(1 + pdu.length).put(request[0]).put(pdu).array());
  }

  private byte[] answer(ByteBuffer request) {
    int count = request.getShort(3);
    ByteBuffer reply =
        ByteBuffer.allocate(2 + 2 * count).put(request.get(0)).put((byte) (2 * count));
    for (int i = 0; i < count; i++) {
      Short word = registers.get((request.getShort(1) & 0xFFFF) + i);
      if (word == null) {
        return new byte[] {(byte) (request.get(0) | 0x80), 2};
      }
      reply.putShort(word);
    }
    return reply.array();
  }

  private static Bus bus(RtuPeer peer) {
    return new Bus(peer.bus(500), backoff(), System::nanoTime);
  }

  private ModbusMeter meter(String serial) {
    return meter(new ModbusRoute.Tcp(device.address(), 1, network), serial);
  }

  private static ModbusMeter meter(ModbusRoute route, String serial) {
    return new ModbusMeter(
        new ModbusMeter.Settings("main", PROFILE, serial, Duration.ofMillis(1_500)),
        route,
        backoff(),
        System::nanoTime);
  }

  private static Backoff backoff() {
    return new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), new Random(1));
  }

  private static Observation.Bad bad(ModbusMeter meter) throws InterruptedException {
    return (Observation.Bad) meter.poll().getFirst();
  }
}

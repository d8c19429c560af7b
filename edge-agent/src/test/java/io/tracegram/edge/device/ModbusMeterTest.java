package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModbusMeterTest {
  private static final MeterProfile IEM3155 = Profiles.meter("schneider/iem3155");
  private static final MeterProfile SDM630 = Profiles.meter("eastron/sdm630");

  private final ModbusNetwork network = new ModbusNetwork();

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void readsAnIntegerMeterToTheWattHour() throws InterruptedException {
    try (SimulatedMeter device = new SimulatedMeter(IEM3155, "1409876543");
        ModbusMeter meter = meter(device.address(), IEM3155, "1409876543")) {
      device.set(Quantity.ENERGY_IMPORT, 123_456_789_000L);
      device.set(Quantity.ENERGY_EXPORT, 1_000L);
      device.set(Quantity.POWER, 12_500_000L);

      assertThat(meter.poll())
          .containsExactly(
              new Observation.Good("main", "schneider/iem3155 1409876543"),
              new Observation.Measured(
                  "main",
                  "1409876543",
                  List.of(
                      new Observation.Value(Register.POWER, 12_500_000, 1),
                      new Observation.Value(Register.ENERGY_IMPORT, 123_456_789_000L, 1_000),
                      new Observation.Value(Register.ENERGY_EXPORT, 1_000, 1_000))));
    }
  }

  @Test
  void carriesTheResolutionOfAFloatRegister() throws InterruptedException {
    try (SimulatedMeter device = new SimulatedMeter(SDM630, "22304715");
        ModbusMeter meter = meter(device.address(), SDM630, "")) {
      device.set(Quantity.ENERGY_IMPORT, 12_345_678_000L);

      // 12345.678 kWh is 0x4640E6B6 = 12345.677734375 kWh, and floats there lie 2^-10 kWh apart
      assertThat(measured(meter).values())
          .contains(new Observation.Value(Register.ENERGY_IMPORT, 12_345_677_734L, 977));
    }
  }

  @Test
  void givesNoValueOfAMeterThatIsNotTheOneInThePlantFile() throws InterruptedException {
    try (SimulatedMeter device = new SimulatedMeter(SDM630, "22304715");
        ModbusMeter meter = meter(device.address(), SDM630, "4711")) {
      Observation.Bad bad = bad(meter);
      assertThat(bad.code()).isEqualTo("meter.wrong-serial");
      assertThat(bad.reason()).contains("\"22304715\"", "4711", "correct the plant file");
    }
  }

  @Test
  void refusesAValueOutOfRangeAndOneThatTheMeterDoesNotHave() throws InterruptedException {
    try (SimulatedMeter device = new SimulatedMeter(SDM630, "22304715");
        ModbusMeter meter = meter(device.address(), SDM630, "")) {
      device.setRaw(Quantity.POWER, HexFormat.of().parseHex("7FC00000"));
      assertThat(meter.poll())
          .anySatisfy(each -> assertThat(each).isInstanceOf(Observation.Measured.class))
          .anySatisfy(
              each ->
                  assertThat(each)
                      .isInstanceOfSatisfying(
                          Observation.Refused.class,
                          refused -> assertThat(refused.code()).isEqualTo("meter.not-a-number")));
    }
    try (SimulatedMeter device = new SimulatedMeter(IEM3155, "1");
        ModbusMeter meter = meter(device.address(), IEM3155, "")) {
      byte[] none = HexFormat.of().parseHex("8000000000000000");
      device.setRaw(Quantity.ENERGY_IMPORT, none);
      device.setRaw(Quantity.ENERGY_EXPORT, none);
      assertThat(bad(meter).code()).isEqualTo("meter.not-available");
    }
  }

  @ParameterizedTest
  @CsvSource({
    // the request's transaction id, then: protocol, length, unit, function, byte count, words
    "0000 0007 01 03 08 00000000,         modbus.bad-reply, says 8 bytes and has 4",
    "0000 0007 01 03 04 00000001,         modbus.bad-reply, 'says 4 bytes and has 4, expected 16'",
    "0000 0013 02 03 10 0000000000000001 0000000000000002, modbus.bad-reply, reply of unit 2",
    "0000 0013 01 04 10 0000000000000001 0000000000000002, modbus.bad-reply, function 4",
    "0001 0013 01 03 10 0000000000000001 0000000000000002, modbus.bad-reply, belongs to no request",
    "0000 0003 01 83 02,                  modbus.exception, does not fit this meter model",
    "0000 0003 01 83 0B,                  modbus.exception, check unit id and wiring",
    "0000 0004 01 83 02 00,               modbus.bad-reply, function 131",
    "0000 0002 01 03,                     modbus.bad-reply, 1 bytes",
    "0000 0013 01 03 10 00,               modbus.timeout, no whole reply",
    "0000 0000 01 03 10,                  modbus.bad-reply, no Modbus TCP frame",
    "'',                                  modbus.timeout, no whole reply"
  })
  void turnsEveryBadReplyIntoAReason(String reply, String code, String reason)
      throws InterruptedException {
    byte[] rest = HexFormat.of().parseHex(reply.replace(" ", ""));
    try (RawServer device = new RawServer(modbus(request -> concat(request, rest)));
        ModbusMeter meter = meter(device.address(), withoutSerial(IEM3155), "")) {
      Observation.Bad bad = bad(meter);
      assertThat(bad.code()).isEqualTo(code);
      assertThat(bad.reason()).contains(reason);
    }
  }

  @Test
  void refusesAReplyToAnotherRequest() throws InterruptedException {
    byte[] rest = HexFormat.of().parseHex("00000013010310" + "00".repeat(16));
    try (RawServer device =
            new RawServer(
                modbus(
                    request -> {
                      byte[] late = concat(request, rest);
                      late[1]--;
                      return late;
                    }));
        ModbusMeter meter = meter(device.address(), withoutSerial(IEM3155), "")) {
      assertThat(bad(meter).reason()).contains("belongs to no request");
    }
  }

  @Test
  void answersAtOnceWhileADeadMeterIsLeftAloneAndComesBackWithIt() throws InterruptedException {
    int port = RawServer.freePort();
    HostPort address = new HostPort("127.0.0.1", port);
    try (ModbusMeter meter = meter(address, IEM3155, "")) {
      assertThat(bad(meter).code()).isEqualTo("modbus.unreachable");
      assertThat(bad(meter).reason()).contains("cannot connect to");

      try (SimulatedMeter device = new SimulatedMeter(IEM3155, "7", port)) {
        device.set(Quantity.ENERGY_IMPORT, 5_000);
        await().until(() -> meter.poll().stream().anyMatch(Observation.Measured.class::isInstance));
      }
      // never the value from before the loss
      assertThat(bad(meter).code()).startsWith("modbus.");
    }
  }

  @Test
  void survivesADeviceThatHangsUpOrTalksNonsense() throws InterruptedException {
    try (RawServer device = new RawServer(Socket::close);
        ModbusMeter meter = meter(device.address(), IEM3155, "")) {
      assertThat(bad(meter).code()).isEqualTo("modbus.unreachable");
      device.script(socket -> socket.getOutputStream().write(new byte[64]));
      await().until(() -> device.connections() > 1 || meter.poll().isEmpty());
      assertThat(bad(meter).code()).startsWith("modbus.");
    }
  }

  private ModbusMeter meter(HostPort address, MeterProfile profile, String serial) {
    return new ModbusMeter(
        new ModbusMeter.Settings("main", profile, serial, Duration.ofMillis(1_500)),
        new ModbusRoute.Tcp(address, 1, network),
        new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), new Random(1)),
        System::nanoTime);
  }

  private static Observation.Measured measured(ModbusMeter meter) throws InterruptedException {
    return meter.poll().stream()
        .filter(Observation.Measured.class::isInstance)
        .map(Observation.Measured.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static Observation.Bad bad(ModbusMeter meter) throws InterruptedException {
    return (Observation.Bad) meter.poll().getFirst();
  }

  private static MeterProfile withoutSerial(MeterProfile profile) {
    return new MeterProfile(
        profile.id(),
        profile.vendor(),
        profile.model(),
        profile.source(),
        profile.discovery(),
        profile.registers().stream()
            .filter(register -> register.quantity().kind() == Quantity.Kind.CUMULATIVE)
            .toList(),
        0,
        profile.maxBlock());
  }

  private static byte[] concat(byte[] request, byte[] rest) {
    if (rest.length == 0) {
      return rest;
    }
    byte[] reply = new byte[2 + rest.length];
    System.arraycopy(request, 0, reply, 0, 2);
    System.arraycopy(rest, 0, reply, 2, rest.length);
    return reply;
  }

  private static RawServer.Script modbus(UnaryOperator<byte[]> reply) {
    return socket -> {
      InputStream in = socket.getInputStream();
      for (byte[] request = in.readNBytes(12); request.length == 12; request = next(in)) {
        socket.getOutputStream().write(reply.apply(request));
      }
    };
  }

  private static byte[] next(InputStream in) throws IOException {
    return in.readNBytes(12);
  }
}

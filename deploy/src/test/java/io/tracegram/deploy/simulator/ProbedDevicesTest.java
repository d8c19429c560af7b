package io.tracegram.deploy.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tracegram.deploy.probe.DisplayNumber;
import io.tracegram.deploy.probe.Probe;
import io.tracegram.deploy.probe.ProbeResult;
import io.tracegram.runtime.config.BusConnection;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.LineAddress;
import io.tracegram.runtime.config.MeterAccess;
import io.tracegram.runtime.config.MeterConnection;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.config.ScaleConnection;
import io.tracegram.runtime.profile.MBusProfile;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.ScaleProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a probe shows of each kind of device. */
class ProbedDevicesTest {
  private final int port = Ports.free();
  private final HostPort address = new HostPort("127.0.0.1", port);

  private static <T> T profile(String id, Class<T> type) {
    return type.cast(ProfileCatalog.bundled().find(id).orElseThrow());
  }

  private BusConnection line(BusConnection.Protocol protocol) {
    return BusConnection.of("hall", protocol, new LineAddress.Tcp(address));
  }

  private ProbeResult probe(MeterAccess access, Optional<Probe.Sought> sought)
      throws InterruptedException {
    return new Probe(next -> {}).meter(new MeterConnection("main", access, ""), sought);
  }

  @Test
  void readsOneOfTheMetersOfAnRtuBus() throws Exception {
    MeterProfile em340 = profile("carlo-gavazzi/em340", MeterProfile.class);
    RtuBusServer bus = new RtuBusServer("hall", address);
    RegisterBank meter = new RegisterBank(em340, 7, "BY0320012001");
    meter.show(123_456_700_000L, 2_500_000);
    bus.add(7, meter);
    bus.start();
    try {
      MeterAccess access =
          new MeterAccess.ModbusRtu(em340, line(BusConnection.Protocol.MODBUS_RTU), 7);
      Probe.Sought sought =
          new Probe.Sought(
              DisplayNumber.parse("123.4567", "MWh"), Quantity.ENERGY_IMPORT, Optional.empty());

      ProbeResult result = probe(access, Optional.of(sought));

      assertThat(result.isSound()).isTrue();
      assertThat(result.text())
          .contains("main, carlo-gavazzi/em340 at 127.0.0.1:" + port + " unit 7")
          .contains("D6 87 00 12", "123456.7 kWh", "0.1 kWh", "2500 W", "The profile fits");
    } finally {
      bus.stop();
    }
  }

  /** Over a serial port that socat makes; deploy/test installs it. */
  @Test
  void readsAMeterOnASerialPort(@TempDir Path directory) throws Exception {
    MeterProfile sdm630 = profile("eastron/sdm630", MeterProfile.class);
    RtuBusServer bus = new RtuBusServer("hall", address);
    RegisterBank meter = new RegisterBank(sdm630, 3, "22304715");
    meter.show(12_345_678_000L, 0);
    bus.add(3, meter);
    bus.start();
    Path tty = directory.resolve("tty");
    Process socat =
        new ProcessBuilder("socat", "pty,raw,echo=0,link=" + tty, "tcp:127.0.0.1:" + port)
            .inheritIO()
            .start();
    try {
      await().until(() -> Files.exists(tty));
      BusConnection line =
          BusConnection.of(
              "cellar",
              BusConnection.Protocol.MODBUS_RTU,
              new LineAddress.Serial(tty.toString(), 9_600, LineAddress.Parity.NONE, 1));

      ProbeResult result = probe(new MeterAccess.ModbusRtu(sdm630, line, 3), Optional.empty());

      assertThat(result.text()).contains("46 40 E6 B6", "12345.677734 kWh", "22304715");
    } finally {
      socat.destroy();
      socat.waitFor(5, TimeUnit.SECONDS);
      bus.stop();
    }
  }

  @Test
  void saysThatTheLineIsSpoiled() throws Exception {
    try (ServerSocket server = new ServerSocket(port, 8, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> garble(server));
      MeterProfile sdm630 = profile("eastron/sdm630", MeterProfile.class);

      ProbeResult result =
          probe(
              new MeterAccess.ModbusRtu(sdm630, line(BusConnection.Protocol.MODBUS_RTU), 1),
              Optional.empty());

      assertThat(result.isSound()).isFalse();
      assertThat(result.text())
          .contains(
              "answered what is no sound frame, 01 04 04 46 40", "check baud rate and parity");
    }
  }

  /** Answers every request with a frame whose checksum is wrong. */
  private static void garble(ServerSocket server) {
    try (Socket socket = server.accept()) {
      while (socket.getInputStream().readNBytes(8).length == 8) {
        socket.getOutputStream().write(new byte[] {1, 4, 4, 0x46, 0x40, 0, 0, 0x55, 0x55});
      }
    } catch (IOException e) {
      return; // the test is over
    }
  }

  @Test
  void readsASunSpecMeterAsItsDriverDoes() throws Exception {
    MeterAccess access =
        new MeterAccess.ModbusTcp(profile("sunspec/meter", MeterProfile.class), address, 1);
    try (ServerSocket server = new ServerSocket(port, 8, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuse(server));

      ProbeResult result = probe(access, Optional.empty());

      assertThat(result.isSound()).isFalse();
      assertThat(result.text()).contains("no SunSpec map at 40000, 50000 or 0");
    }
  }

  /** Answers every request of Modbus TCP that there are no such registers. */
  private static void refuse(ServerSocket server) {
    try (Socket socket = server.accept()) {
      for (byte[] request = socket.getInputStream().readNBytes(12);
          request.length == 12;
          request = socket.getInputStream().readNBytes(12)) {
        socket
            .getOutputStream()
            .write(new byte[] {request[0], request[1], 0, 0, 0, 3, request[6], (byte) 0x83, 2});
      }
    } catch (IOException e) {
      return; // the test is over
    }
  }

  @Test
  void hasNothingToSearchOrToShowForAMeterWithoutARegisterMap() {
    MeterProfile sunspec = profile("sunspec/meter", MeterProfile.class);
    Probe.Sought sought =
        new Probe.Sought(
            DisplayNumber.parse("123.4", "kWh"), Quantity.ENERGY_IMPORT, Optional.empty());

    assertThatThrownBy(
            () -> probe(new MeterAccess.ModbusTcp(sunspec, address, 1), Optional.of(sought)))
        .hasMessageContaining("whose profile lists registers");
    assertThatThrownBy(() -> new RegisterBank(sunspec, 1, ""))
        .hasMessage("a meter whose registers are discovered is not simulated: sunspec/meter");
  }

  @Test
  void readsAnMBusMeterAsItsDriverDoes() throws Exception {
    MBusServer bus = new MBusServer("cellar", address);
    MBusProfile heat = profile("kamstrup/multical-601", MBusProfile.class);
    bus.add(heat, 17, "06855817").show(37_351_000_000L, 34_700_000);
    bus.start();
    try {
      ProbeResult result =
          probe(
              new MeterAccess.MBus(heat, line(BusConnection.Protocol.M_BUS), 17), Optional.empty());

      assertThat(result.isSound()).isTrue();
      assertThat(result.text()).contains("37351 kWh", "34700 W", "06855817");
    } finally {
      bus.stop();
    }
  }

  @Test
  void weighsWhatLiesOnAScaleOrSaysWhyNot() throws Exception {
    ScaleServer server = new ScaleServer(address);
    ScaleConnection scale =
        new ScaleConnection(
            "floor-scale",
            profile("mettler-toledo/mt-sics", ScaleProfile.class),
            new LineAddress.Tcp(address));
    server.start();
    try {
      assertThat(new Probe(next -> {}).scale(scale).isSound()).as("nothing lies on it").isFalse();
    } finally {
      server.stop();
    }
    ProbeResult gone = new Probe(next -> {}).scale(scale);
    assertThat(gone.text()).contains("✗ cannot talk to the scale", "check its supply");
  }
}

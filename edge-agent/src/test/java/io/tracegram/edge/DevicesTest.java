package io.tracegram.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.Profiles;
import io.tracegram.edge.device.RawServer;
import io.tracegram.edge.device.RtuPeer;
import io.tracegram.edge.device.ScanHandler;
import io.tracegram.edge.device.coap.UdpPeer;
import io.tracegram.runtime.config.AgentFile;
import io.tracegram.runtime.profile.MBusEncoder;
import io.tracegram.runtime.profile.MBusFrame;
import io.tracegram.runtime.profile.MBusProfile;
import io.tracegram.runtime.profile.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesTest {
  private static final long ENERGY = 12_345_677_734L;

  /** 2.5 m3. */
  private static final long GAS = 2_500_000;

  private static final ScanHandler NO_SCANS =
      new ScanHandler() {
        @Override
        public boolean keep(List<Observation> scanAndWeight) {
          return false;
        }

        @Override
        public void note(Observation observation) {}
      };

  @Test
  void readsTheMetersOfBothBusesThatThePlantFileNames(@TempDir Path directory) throws Exception {
    try (RtuPeer rtu = new RtuPeer(Profiles.meter("eastron/sdm630"), "22304715", ENERGY);
        RawServer mbus = new RawServer(DevicesTest::gas);
        Devices devices =
            new Devices(
                agent(directory, rtu, mbus),
                NO_SCANS,
                new Devices.Clocks(
                    System::nanoTime, System::currentTimeMillis, System::currentTimeMillis),
                new SecureRandom())) {
      Map<String, Long> read = new LinkedHashMap<>();
      for (Meter meter : devices.meters()) {
        for (Observation observation : meter.poll()) {
          if (observation instanceof Observation.Measured measured) {
            read.put(meter.id(), RtuPeer.energyOf(measured));
          }
        }
      }

      assertThat(read)
          .containsExactly(
              Map.entry("main", ENERGY), Map.entry("sub", ENERGY), Map.entry("burner", GAS));
      assertThat(rtu.asked()).containsOnly(1, 2);
      assertThat(rtu.connections()).as("one line for both").isEqualTo(1);
    }
  }

  @Test
  void readsTheMeterOverCoapThatThePlantFileNames(@TempDir Path directory) throws Exception {
    String pack = "[{\"n\":\"energy\",\"u\":\"kWh\",\"v\":2.5},{\"n\":\"serial\",\"vs\":\"A7\"}]";
    try (UdpPeer peer = new UdpPeer(request -> List.of(UdpPeer.reply(request, pack)));
        Devices devices =
            new Devices(
                agent(
                    directory,
                    """
                    meters:
                      - {id: main, name: G, role: grid-import, profile: generic/coap-senml, address: "coap://%s/meter", serial: A7, accuracyClass: "1", maxPowerKw: 100}
                    """
                        .formatted(peer.address())),
                NO_SCANS,
                new Devices.Clocks(
                    System::nanoTime, System::currentTimeMillis, System::currentTimeMillis),
                new SecureRandom())) {
      assertThat(devices.meters().getFirst().poll())
          .filteredOn(Observation.Measured.class::isInstance)
          .singleElement()
          .extracting(measured -> RtuPeer.energyOf((Observation.Measured) measured))
          .isEqualTo(2_500_000L);
    }
  }

  @Test
  void countsAMeterAtASimulatedPin(@TempDir Path directory) throws Exception {
    int port = RawServer.freePort();
    try (Devices devices =
        new Devices(
            counting(directory, port),
            NO_SCANS,
            new Devices.Clocks(
                System::nanoTime, System::currentTimeMillis, System::currentTimeMillis),
            new SecureRandom())) {
      Meter press = devices.meters().getFirst();
      assertThat(press.poll())
          .contains(new Observation.Good("press", "pulses at pin 17, which is simulated"));
      try (Socket driver = new Socket(InetAddress.getLoopbackAddress(), port)) {
        driver.getOutputStream().write("17 500\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(driver.getInputStream().readNBytes(3)).asString().isEqualTo("OK\n");
      }

      // 500 pulses of 1 Wh beside the 10 kWh of the display
      assertThat(press.poll())
          .anySatisfy(
              each ->
                  assertThat(each)
                      .isInstanceOfSatisfying(
                          Observation.Measured.class,
                          measured ->
                              assertThat(RtuPeer.energyOf(measured)).isEqualTo(10_500_000)));
      assertThat(directory.resolve("data/pulses/press.pulses")).content().contains("pulses 500");
    }
  }

  private static AgentFile counting(Path directory, int port) throws IOException {
    Files.writeString(
        directory.resolve("plant.yaml"),
        """
        facility: {id: refinery, name: R, operator: refinery.example, timeZone: Europe/Helsinki}
        agents: [refinery-agent]
        grid:
          factor: {id: grid-fi, kgCo2ePerKwh: "0.03589", edition: "2024", boundary: generation, gwp: AR5, source: s, licence: l}
        meters:
          - {id: press, name: P, role: grid-import, profile: s0, serial: A-7, accuracyClass: "1", maxPowerKw: 30, pulses: {pin: 17, perKwh: 1000, debounceMicros: 20000, maxPerSecond: 12, start: 10}}
        """);
    Path file = directory.resolve("agent.yaml");
    Files.writeString(
        file,
        """
        agent: refinery-agent
        plant: plant.yaml
        data: data
        broker: tcp://127.0.0.1:1
        gatewayKey: gateway.pub
        gpio: {mock: "tcp://127.0.0.1:%d"}
        """
            .formatted(port));
    return AgentFile.load(file, Profiles.CATALOG).orThrow();
  }

  private static void gas(Socket socket) throws IOException {
    MBusProfile profile = (MBusProfile) Profiles.CATALOG.find("itron/cyble-gas").orElseThrow();
    byte[] telegram =
        MBusEncoder.encode(profile, 5, "10020387", Map.of(Quantity.ENERGY_IMPORT, GAS));
    InputStream in = socket.getInputStream();
    for (byte[] request = in.readNBytes(5); request.length == 5; request = in.readNBytes(5)) {
      socket.getOutputStream().write(request[1] == 0x40 ? new byte[] {MBusFrame.ACK} : telegram);
    }
  }

  private static AgentFile agent(Path directory, RtuPeer rtu, RawServer mbus) throws IOException {
    return agent(
        directory,
        """
        carriers:
          - {id: gas, name: Gas, kind: fuel, factor: {id: gas, kgCo2ePerM3: "2", edition: "1", boundary: combustion, gwp: AR5, source: s, licence: l}}
        buses:
          - {id: hall, protocol: modbus-rtu, address: "tcp://%s"}
          - {id: cellar, protocol: m-bus, address: "tcp://%s"}
        meters:
          - {id: main, name: Grid, role: grid-import, profile: eastron/sdm630, bus: hall, unit: 1, accuracyClass: "0.5", maxPowerKw: 2000, minGapMillis: 0}
          - {id: sub, name: S, parent: main, role: consumption, profile: eastron/sdm630, bus: hall, unit: 2, accuracyClass: "1", maxPowerKw: 1500, minGapMillis: 0}
          - {id: burner, name: B, role: supply, carrier: gas, profile: itron/cyble-gas, bus: cellar, unit: 5, serial: "10020387", accuracyClass: "1", maxPowerKw: 100}
        """
            .formatted(rtu.address(), mbus.address()));
  }

  private static AgentFile agent(Path directory, String devices) throws IOException {
    Files.writeString(
        directory.resolve("plant.yaml"),
        """
        facility: {id: refinery, name: R, operator: refinery.example, timeZone: Europe/Helsinki}
        agents: [refinery-agent]
        grid:
          factor: {id: grid-fi, kgCo2ePerKwh: "0.03589", edition: "2024", boundary: generation, gwp: AR5, source: s, licence: l}
        """
            + devices);
    Path file = directory.resolve("agent.yaml");
    Files.writeString(
        file,
        """
        agent: refinery-agent
        plant: plant.yaml
        data: data
        broker: tcp://127.0.0.1:1
        gatewayKey: gateway.pub
        """);
    return AgentFile.load(file, Profiles.CATALOG).orThrow();
  }
}

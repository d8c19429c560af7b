package io.tracegram.deploy.bench;

import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * A plant of simulated meters: many over Modbus TCP, and two RTU buses alike but for one meter that
 * is dead on the second. Immutable.
 *
 * @param tcpMeters each of three points
 * @param busMeters on each bus, range [2, 200]
 * @param poll time between two polls of a meter
 */
record EdgePlant(int tcpMeters, int busMeters, Duration poll) {
  static final int POINTS_PER_METER = 3;

  /** Units behind one address. */
  static final int UNITS = 200;

  static final String TCP_PROFILE = "schneider/iem3155";
  static final String BUS_PROFILE = "eastron/sdm630";

  /** On the second bus, in its middle. */
  int deadUnit() {
    return busMeters / 2;
  }

  int addresses() {
    return Math.ceilDiv(tcpMeters, UNITS);
  }

  /**
   * Writes plant, agent and gateway files, and the agent's key.
   *
   * @param ports where the devices listen: Modbus TCP addresses, then the two buses
   */
  void write(Path directory, List<Integer> ports, int http, int mqtt) throws IOException {
    StringBuilder meters = new StringBuilder();
    for (int i = 0; i < tcpMeters; i++) {
      meters.append(
          meter(
              "m" + i,
              TCP_PROFILE,
              "address: \"tcp://127.0.0.1:%d\", unit: %d"
                  .formatted(ports.get(i / UNITS), i % UNITS + 1)));
    }
    for (int unit = 1; unit <= busMeters; unit++) {
      meters.append(meter("whole-" + unit, BUS_PROFILE, "bus: whole, unit: " + unit));
      meters.append(meter("broken-" + unit, BUS_PROFILE, "bus: broken, unit: " + unit));
    }
    Files.writeString(
        directory.resolve("plant.yaml"),
        """
        facility: {id: bench, name: Benchmark, operator: bench.example, timeZone: UTC, simulated: true}
        agents: [bench-agent]
        grid: {}
        buses:
          - {id: whole, protocol: modbus-rtu, address: "tcp://127.0.0.1:%d"}
          - {id: broken, protocol: modbus-rtu, address: "tcp://127.0.0.1:%d"}
        meters:
        %s"""
            .formatted(ports.get(addresses()), ports.get(addresses() + 1), meters));
    Files.writeString(
        directory.resolve("agent.yaml"),
        """
        agent: bench-agent
        plant: ./plant.yaml
        data: ./agent
        broker: tcp://127.0.0.1:%d
        gatewayKey: ./gateway/keys/gateway.pub
        poll: %ds
        """
            .formatted(mqtt, poll.toSeconds()));
    Files.writeString(
        directory.resolve("gateway.yaml"),
        """
        plant: ./plant.yaml
        data: ./gateway
        http: 127.0.0.1:%d
        mqtt: 127.0.0.1:%d
        agents:
          - {id: bench-agent, key: ./agent/keys/bench-agent.pub}
        """
            .formatted(http, mqtt));
    new KeyFiles(directory.resolve("agent/keys"), new SecureRandom())
        .loadOrCreate("bench-agent", Algorithm.ES256);
  }

  private static String meter(String id, String profile, String place) {
    return "  - {id: %s, name: Meter, role: grid-import, profile: %s, %s, accuracyClass: \"1\", maxPowerKw: 1000}\n"
        .formatted(id, profile, place);
  }
}

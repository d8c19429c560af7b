package io.tracegram.runtime.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and checks what an agent's file says of the pins of its machine. Stateless. */
final class PinReader {
  private PinReader() {}

  /** Returns where the simulated pins are driven from; empty for those of the machine. */
  static Optional<HostPort> simulated(YamlMap agent) {
    Optional<YamlMap> gpio = agent.optionalMap("gpio");
    if (gpio.isEmpty()) {
      return Optional.empty();
    }
    HostPort address = gpio.get().address("mock");
    if (address.port() != 0
        && !address.host().startsWith("127.")
        && !address.host().equals("::1")) {
      gpio.get().error("mock", "not-loopback", "simulated pins stay on 127.0.0.1, not " + address);
    }
    gpio.get().close();
    return Optional.of(address);
  }

  /** Reports a pin that two of the agent's devices use. */
  static void unique(YamlMap agent, PlantFile plant, List<String> reads) {
    Map<Integer, String> users = new HashMap<>();
    for (MeterConnection meter : plant.meters()) {
      if (reads.contains(meter.id()) && meter.access() instanceof MeterAccess.Pulses(var input)) {
        claim(agent, users, input.pin(), meter.id());
      }
    }
    for (ScannerConnection scanner : plant.scanners()) {
      if (reads.contains(scanner.id())) {
        scanner.pins().all().forEach(pin -> claim(agent, users, pin, scanner.id()));
      }
    }
  }

  private static void claim(YamlMap agent, Map<Integer, String> users, int pin, String device) {
    String other = users.putIfAbsent(pin, device);
    if (other != null) {
      agent.error(
          "plant",
          "duplicate-pin",
          "pin %d is of '%s' and of '%s', which this agent reads both: give each a pin of its own"
              .formatted(pin, other, device));
    }
  }
}

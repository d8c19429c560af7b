package io.tracegram.runtime.config;

import io.tracegram.runtime.config.BusConnection.Protocol;
import io.tracegram.runtime.config.LineAddress.Parity;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the buses of a plant file, and finds them by name. Single-threaded. */
final class BusReader {
  private static final String SERIAL = "serial:";

  /** 3.5 characters of 11 bits (Modbus over Serial Line V1.02 §2.5.1.1), times 1000 ms. */
  private static final int SILENT_MILLIBITS = 38_500;

  private final References names = new References("bus");
  private final DeviceAddresses addresses;
  private final Map<String, BusConnection> buses = new LinkedHashMap<>();
  private final Set<String> used = new LinkedHashSet<>();

  BusReader(DeviceAddresses addresses) {
    this.addresses = addresses;
  }

  void declare(YamlList list) {
    for (YamlMap bus : list.maps()) {
      String id = names.declare(bus);
      int errorsBefore = bus.diagnostics().errorCount();
      BusConnection read = read(bus, id);
      bus.close();
      if (bus.diagnostics().errorCount() == errorsBefore) {
        buses.put(id, read);
      }
    }
  }

  /** Returns the bus a meter names; empty if there is none or it has errors, which is reported. */
  Optional<BusConnection> find(YamlMap meter) {
    String id = meter.text("bus");
    names.require(meter, "bus", id);
    used.add(id);
    return Optional.ofNullable(buses.get(id));
  }

  /** Warns of buses that no meter names. */
  void close(YamlMap plant) {
    for (String id : buses.keySet()) {
      if (!used.contains(id)) {
        plant.warning("buses", "unused-bus", "no meter is on the bus '" + id + "'");
      }
    }
  }

  private BusConnection read(YamlMap yaml, String id) {
    Protocol protocol = yaml.oneOf("protocol", Protocol.class);
    LineAddress line = line(yaml, parity(protocol));
    if (yaml.has("address")) {
      addresses.claim(yaml, "address", line.toString(), id);
    }
    return new BusConnection(
        id,
        protocol,
        line,
        Duration.ofMillis(yaml.integer("timeoutMillis", 50, 10_000, timeout(protocol))),
        Duration.ofMillis(yaml.integer("gapMillis", 1, 1_000, gap(line))));
  }

  /**
   * Reads {@code address}, and how a serial line is set.
   *
   * @param parity of a serial line that does not say
   */
  static LineAddress line(YamlMap yaml, Parity parity) {
    String address = yaml.text("address");
    return address.startsWith(SERIAL)
        ? serial(yaml, parity, address.substring(SERIAL.length()))
        : new LineAddress.Tcp(yaml.value("address", BusReader::tcp, new HostPort("none", 1)));
  }

  private static HostPort tcp(String text) {
    if (!text.startsWith("tcp://")) {
      throw new IllegalArgumentException(
          "must be tcp://host:port or serial:/dev/…, not '" + text + "'");
    }
    return Scalars.tcpAddress(text);
  }

  private static LineAddress serial(YamlMap yaml, Parity parity, String device) {
    if (!device.startsWith("/dev/")) {
      yaml.error("address", "bad-value", "'address' must be serial:/dev/…, a device's whole path");
    } else if (device.matches("/dev/tty(USB|ACM)\\d+")) {
      yaml.warning(
          "address",
          "moving-path",
          device + " may be another port after a restart: name the one in /dev/serial/by-id");
    }
    return new LineAddress.Serial(
        device,
        (int) yaml.integer("baud", 300, 921_600),
        yaml.oneOf("parity", Parity.class, parity),
        (int) yaml.integer("stopBits", 1, 2, 1));
  }

  static Parity parity(Protocol protocol) {
    return switch (protocol) {
      case MODBUS_RTU -> Parity.NONE;
      case M_BUS -> Parity.EVEN;
    };
  }

  static long timeout(Protocol protocol) {
    return switch (protocol) {
      case MODBUS_RTU -> 500;
      // a whole telegram of 261 bytes takes 1.2 s at 2400 baud
      case M_BUS -> 2_000;
    };
  }

  static long gap(LineAddress line) {
    return switch (line) {
      case LineAddress.Tcp tcp -> 5;
      case LineAddress.Serial serial -> Math.max(2, Math.ceilDiv(SILENT_MILLIBITS, serial.baud()));
    };
  }
}

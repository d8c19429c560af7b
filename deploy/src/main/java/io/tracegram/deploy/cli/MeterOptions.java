package io.tracegram.deploy.cli;

import io.tracegram.runtime.config.BusConnection;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.LineAddress;
import io.tracegram.runtime.config.MeterAccess;
import io.tracegram.runtime.config.MeterConnection;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.config.ProfileFile;
import io.tracegram.runtime.config.Suggestion;
import io.tracegram.runtime.profile.DeviceProfile;
import io.tracegram.runtime.profile.MBusProfile;
import io.tracegram.runtime.profile.MeterProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Where a meter is that no plant file describes yet. */
final class MeterOptions {
  private static final String SERIAL = "serial:";
  private static final String RTU = "rtu://";

  @Option(
      names = "--profile",
      paramLabel = "VENDOR/MODEL",
      description = "a profile that comes with the program, or a profile's file")
  private String profile = "";

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description =
          "host:port for Modbus TCP, rtu://host:port for RTU or M-Bus behind a serial device server,"
              + " serial:/dev/… for a serial port")
  private String address = "";

  @Option(names = "--unit", paramLabel = "N", description = "unit id (default: 1)")
  private int unit = 1;

  @Option(names = "--baud", paramLabel = "N", description = "of a serial port (default: 9600)")
  private int baud = 9_600;

  @Option(
      names = "--parity",
      paramLabel = "PARITY",
      description = "none, even or odd, of a serial port (default: none; even for M-Bus)")
  private String parity = "";

  @Option(names = "--stop-bits", paramLabel = "N", description = "1 or 2, of a serial port")
  private int stopBits = 1;

  boolean isGiven() {
    return !profile.isEmpty() || !address.isEmpty();
  }

  /**
   * Returns the meter.
   *
   * @throws IllegalArgumentException saying which option is wrong, and what is expected
   */
  MeterConnection meter() {
    if (profile.isEmpty() || address.isEmpty()) {
      throw new IllegalArgumentException(
          "a meter that no plant file names needs --profile and --address");
    }
    return new MeterConnection("meter", access(find(profile)), "");
  }

  private MeterAccess access(DeviceProfile found) {
    return switch (found) {
      case MeterProfile modbus ->
          isOnLine()
              ? new MeterAccess.ModbusRtu(
                  modbus, line(BusConnection.Protocol.MODBUS_RTU), unit(1, 247))
              : new MeterAccess.ModbusTcp(modbus, HostPort.parse(address), unit(0, 255));
      case MBusProfile mbus ->
          new MeterAccess.MBus(mbus, line(BusConnection.Protocol.M_BUS), unit(0, 250));
      // what else a profile describes is reached in ways that only a plant file can say
      default ->
          throw new IllegalArgumentException(
              profile
                  + " is not read by an address alone: describe it in a plant file, and probe that");
    };
  }

  /** Returns a profile of the catalogue or of a file. */
  static DeviceProfile find(String profile) {
    Path file = Path.of(profile);
    if (profile.matches(".*\\.ya?ml") && Files.isRegularFile(file)) {
      return ProfileFile.load(file).orThrow().profile();
    }
    ProfileCatalog catalog = ProfileCatalog.bundled();
    return catalog
        .find(profile)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no profile '"
                        + profile
                        + "'"
                        + Suggestion.clause(profile, catalog.ids())));
  }

  private boolean isOnLine() {
    return address.startsWith(SERIAL) || address.startsWith(RTU);
  }

  private int unit(int least, int most) {
    if (unit < least || unit > most) {
      throw new IllegalArgumentException("--unit is from " + least + " to " + most + " here");
    }
    return unit;
  }

  private BusConnection line(BusConnection.Protocol protocol) {
    LineAddress line =
        address.startsWith(SERIAL)
            ? serial(protocol)
            : new LineAddress.Tcp(
                HostPort.parse(
                    address.startsWith(RTU) ? address.substring(RTU.length()) : address));
    return BusConnection.of("line", protocol, line);
  }

  private LineAddress serial(BusConnection.Protocol protocol) {
    String device = address.substring(SERIAL.length());
    if (!device.startsWith("/") || baud < 300 || baud > 921_600 || stopBits < 1 || stopBits > 2) {
      throw new IllegalArgumentException(
          "a serial port is serial:/dev/…, with --baud 300 to 921600 and --stop-bits 1 or 2");
    }
    return new LineAddress.Serial(device, baud, parity(protocol), stopBits);
  }

  private LineAddress.Parity parity(BusConnection.Protocol protocol) {
    if (parity.isEmpty()) {
      return protocol == BusConnection.Protocol.M_BUS
          ? LineAddress.Parity.EVEN
          : LineAddress.Parity.NONE;
    }
    try {
      return LineAddress.Parity.valueOf(parity.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--parity is none, even or odd, not '" + parity + "'", e);
    }
  }
}

package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.CoapProfile;
import io.tracegram.runtime.profile.MBusProfile;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.SmlProfile;
import java.util.Optional;

/** Reads how a meter is reached. Single-threaded. */
final class MeterAccessReader {
  private static final int MOST_RTU_UNITS = 247;
  private static final int MOST_PRIMARY_ADDRESS = 250;

  private final ProfileReference profiles;
  private final BusReader buses;
  private final DeviceAddresses addresses;
  private final CoapAccessReader coap;

  MeterAccessReader(ProfileReference profiles, BusReader buses, DeviceAddresses addresses) {
    this.profiles = profiles;
    this.buses = buses;
    this.addresses = addresses;
    this.coap = new CoapAccessReader(addresses);
  }

  /** Returns the way to the meter, empty if a problem was reported. */
  Optional<MeterAccess> read(YamlMap yaml, String id, String profileId) {
    if (profileId.equals(PulseReader.PROFILE)) {
      return PulseReader.read(yaml).map(MeterAccess.Pulses::new);
    }
    if (profiles.known(profileId, SmlProfile.class).isPresent()) {
      return sml(yaml, id, profileId);
    }
    if (yaml.has("bus")) {
      return onBus(yaml, id, profileId);
    }
    Optional<CoapProfile> spoken = profiles.known(profileId, CoapProfile.class);
    return spoken.isPresent() ? coap.read(yaml, id, spoken.get()) : alone(yaml, id, profileId);
  }

  private Optional<MeterAccess> alone(YamlMap yaml, String id, String profileId) {
    Optional<MeterProfile> profile = modbus(yaml, profileId);
    HostPort address = yaml.address("address");
    int unit = (int) yaml.integer("unit", 0, 255, 1);
    if (address.port() != 0) { // else already reported
      addresses.claim(yaml, "address", address + " unit " + unit, id);
    }
    return profile.map(known -> new MeterAccess.ModbusTcp(known, address, unit));
  }

  private Optional<MeterAccess> sml(YamlMap yaml, String id, String profileId) {
    LineAddress line = BusReader.line(yaml, LineAddress.Parity.NONE);
    if (yaml.has("address")) {
      addresses.claim(yaml, "address", line.toString(), id);
    }
    return profiles
        .find(yaml, profileId, SmlProfile.class, "an SML meter")
        .map(known -> new MeterAccess.Sml(known, line));
  }

  private Optional<MeterAccess> onBus(YamlMap yaml, String id, String profileId) {
    Optional<BusConnection> found = buses.find(yaml);
    if (found.isEmpty()) {
      yaml.has("unit");
      yaml.has("minGapMillis");
      return Optional.empty();
    }
    BusConnection bus = found.get();
    Optional<MeterAccess> access =
        switch (bus.protocol()) {
          case MODBUS_RTU -> {
            Optional<MeterProfile> profile = modbus(yaml, profileId);
            int unit = (int) yaml.integer("unit", 1, MOST_RTU_UNITS);
            yield profile.map(known -> new MeterAccess.ModbusRtu(known, bus, unit));
          }
          case M_BUS -> {
            int unit = (int) yaml.integer("unit", 0, MOST_PRIMARY_ADDRESS);
            yield profiles
                .find(yaml, profileId, MBusProfile.class, "an M-Bus meter")
                .map(known -> new MeterAccess.MBus(known, bus, unit));
          }
        };
    if (access.isPresent()) {
      addresses.claim(yaml, "unit", "unit " + unit(access.get()) + " of bus " + bus.id(), id);
    }
    return access;
  }

  private static int unit(MeterAccess access) {
    return switch (access) {
      case MeterAccess.ModbusTcp tcp -> tcp.unit();
      case MeterAccess.ModbusRtu rtu -> rtu.unit();
      case MeterAccess.MBus mbus -> mbus.unit();
      case MeterAccess.Coap coap -> throw new IllegalArgumentException("CoAP has no units");
      case MeterAccess.Pulses pulses -> throw new IllegalArgumentException("on no bus: " + pulses);
      case MeterAccess.Sml sml -> throw new IllegalArgumentException("on no bus: " + sml);
    };
  }

  private Optional<MeterProfile> modbus(YamlMap yaml, String profileId) {
    Optional<Long> minGap =
        yaml.optionalValue("minGapMillis", text -> Scalars.integer(text, 0, 10_000));
    return profiles
        .find(yaml, profileId, MeterProfile.class, "a Modbus meter")
        .map(known -> minGap.map(gap -> known.withMinGapMillis(gap.intValue())).orElse(known));
  }
}

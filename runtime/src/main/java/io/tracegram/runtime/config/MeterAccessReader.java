package io.tracegram.runtime.config;

import io.tracegram.runtime.config.BusConnection.Protocol;
import io.tracegram.runtime.profile.MeterProfile;
import java.util.Optional;

/** Reads how a meter is reached. Single-threaded. */
final class MeterAccessReader {
  private static final int MOST_RTU_UNITS = 247;

  private final ProfileReference profiles;
  private final BusReader buses;
  private final DeviceAddresses addresses;

  MeterAccessReader(ProfileReference profiles, BusReader buses, DeviceAddresses addresses) {
    this.profiles = profiles;
    this.buses = buses;
    this.addresses = addresses;
  }

  /** Returns the way to the meter, empty if a problem was reported. */
  Optional<MeterAccess> read(YamlMap yaml, String id, String profileId) {
    return yaml.has("bus") ? onBus(yaml, id, profileId) : alone(yaml, id, profileId);
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

  private Optional<MeterAccess> onBus(YamlMap yaml, String id, String profileId) {
    Optional<BusConnection> bus = buses.find(yaml);
    Optional<MeterProfile> profile = modbus(yaml, profileId);
    int unit = (int) yaml.integer("unit", 1, MOST_RTU_UNITS);
    if (bus.isEmpty() || profile.isEmpty()) {
      return Optional.empty();
    }
    addresses.claim(yaml, "unit", "unit " + unit + " of bus " + bus.get().id(), id);
    if (bus.get().protocol() != Protocol.MODBUS_RTU) {
      yaml.error(
          "bus", "wrong-bus", "'" + profileId + "' is a Modbus meter, the bus is none of Modbus");
    }
    return Optional.of(new MeterAccess.ModbusRtu(profile.get(), bus.get(), unit));
  }

  private Optional<MeterProfile> modbus(YamlMap yaml, String profileId) {
    Optional<Long> minGap =
        yaml.optionalValue("minGapMillis", text -> Scalars.integer(text, 0, 10_000));
    return profiles
        .find(yaml, profileId, MeterProfile.class, "a meter")
        .map(known -> minGap.map(gap -> known.withMinGapMillis(gap.intValue())).orElse(known));
  }
}

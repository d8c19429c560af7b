package io.tracegram.runtime.profile;

import java.util.List;
import java.util.Optional;

/**
 * A Modbus energy meter. Immutable.
 *
 * @param discovery how its registers are found
 * @param registers each quantity at most once; none if the meter itself tells where they are
 * @param minGapMillis least time between a reply and the next request, ms, range [0, 10000]
 * @param maxBlock largest number of registers in one request, range [1, 125]
 */
public record MeterProfile(
    String id,
    String vendor,
    String model,
    String source,
    Discovery discovery,
    List<RegisterDefinition> registers,
    int minGapMillis,
    int maxBlock)
    implements DeviceProfile {
  /** How the registers of a meter are found. */
  public enum Discovery {
    /** The profile lists them. */
    NONE,
    /** The meter lists its SunSpec models. */
    SUNSPEC
  }

  public MeterProfile {
    registers = List.copyOf(registers);
    if (registers.isEmpty() == (discovery == Discovery.NONE)) {
      throw new IllegalArgumentException("registers are listed or discovered: " + id);
    }
  }

  /** Returns the profile with another gap, for a plant that knows its meter's gateway better. */
  public MeterProfile withMinGapMillis(int millis) {
    return new MeterProfile(id, vendor, model, source, discovery, registers, millis, maxBlock);
  }

  public Optional<RegisterDefinition> register(Quantity quantity) {
    return registers.stream().filter(register -> register.quantity() == quantity).findFirst();
  }

  /** Returns the unit in which it counts energy. */
  public RegisterDefinition.Unit counts() {
    return switch (discovery) {
      case NONE -> register(Quantity.ENERGY_IMPORT).orElseThrow().unit();
      case SUNSPEC -> RegisterDefinition.Unit.WATT_HOUR;
    };
  }
}

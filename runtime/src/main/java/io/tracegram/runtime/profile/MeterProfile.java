package io.tracegram.runtime.profile;

import java.util.List;
import java.util.Optional;

/**
 * A Modbus energy meter. Immutable.
 *
 * @param registers each quantity at most once
 * @param minGapMillis least time between a reply and the next request, ms, range [0, 10000]
 * @param maxBlock largest number of registers in one request, range [1, 125]
 */
public record MeterProfile(
    String id,
    String vendor,
    String model,
    String source,
    List<RegisterDefinition> registers,
    int minGapMillis,
    int maxBlock)
    implements DeviceProfile {
  public MeterProfile {
    registers = List.copyOf(registers);
  }

  /** Returns the profile with another gap, for a plant that knows its meter's gateway better. */
  public MeterProfile withMinGapMillis(int millis) {
    return new MeterProfile(id, vendor, model, source, registers, millis, maxBlock);
  }

  public Optional<RegisterDefinition> register(Quantity quantity) {
    return registers.stream().filter(register -> register.quantity() == quantity).findFirst();
  }
}

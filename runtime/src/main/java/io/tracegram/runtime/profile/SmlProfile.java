package io.tracegram.runtime.profile;

import java.util.List;
import java.util.Optional;

/**
 * A meter that pushes SML telegrams over its optical head. Immutable.
 *
 * @param manufacturer that its telegrams must name, such as {@code EMH}
 * @param serial the entry that holds its serial number; empty if the telegram's server id is it
 * @param values each quantity at most once
 */
public record SmlProfile(
    String id,
    String vendor,
    String model,
    String source,
    String manufacturer,
    Optional<ObisCode> serial,
    List<SmlValue> values)
    implements DeviceProfile {
  public SmlProfile {
    values = List.copyOf(values);
  }

  public Optional<SmlValue> value(Quantity quantity) {
    return values.stream().filter(value -> value.quantity() == quantity).findFirst();
  }
}

package io.tracegram.runtime.profile;

import java.util.List;
import java.util.Optional;

/**
 * A meter that is read over M-Bus. Immutable.
 *
 * @param manufacturer three letters that its telegrams must bear
 * @param medium that its telegrams must bear
 * @param records each quantity at most once; its identity is in every telegram's header
 */
public record MBusProfile(
    String id,
    String vendor,
    String model,
    String source,
    String manufacturer,
    MBusMedium medium,
    List<MBusRecord> records)
    implements DeviceProfile {
  public MBusProfile {
    records = List.copyOf(records);
  }

  public Optional<MBusRecord> record(Quantity quantity) {
    return records.stream().filter(record -> record.quantity() == quantity).findFirst();
  }
}

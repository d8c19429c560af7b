package io.tracegram.runtime.profile;

import io.tracegram.runtime.senml.SenmlFormat;
import java.util.List;
import java.util.Optional;

/**
 * A meter that is read over CoAP and speaks SenML. Immutable.
 *
 * @param format what it sends
 * @param timeoutMillis until its whole answer is here, ms, range [100, 60000]
 * @param maxAgeMillis a value that is older by its own time, or as much ahead, is refused; ms
 * @param records each quantity at most once
 */
public record CoapProfile(
    String id,
    String vendor,
    String model,
    String source,
    SenmlFormat format,
    Mode mode,
    int timeoutMillis,
    long maxAgeMillis,
    List<CoapRecord> records)
    implements DeviceProfile {
  /** Who begins to talk. */
  public enum Mode {
    /** The agent asks for each value (GET). */
    POLL,
    /** The agent asks once, and the meter tells its values from then on (RFC 7641). */
    OBSERVE,
    /** The meter sends its values to the agent (POST). */
    PUSH
  }

  public CoapProfile {
    records = List.copyOf(records);
  }

  public Optional<CoapRecord> record(Quantity quantity) {
    return records.stream().filter(record -> record.quantity() == quantity).findFirst();
  }

  /** Returns this profile for a meter that is set to talk otherwise. */
  public CoapProfile withMode(Mode other) {
    return new CoapProfile(
        id, vendor, model, source, format, other, timeoutMillis, maxAgeMillis, records);
  }
}

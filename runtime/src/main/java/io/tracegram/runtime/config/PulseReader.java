package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Reads the {@code pulses} of a meter that is counted by its S0 output. Stateless. */
final class PulseReader {
  /** Names no profile: all S0 outputs are alike. */
  static final String PROFILE = "s0";

  private static final int LAST_PIN = 63;
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal LARGEST_START = BigDecimal.valueOf(1_000_000_000);
  private static final BigDecimal MOST_HERTZ = BigDecimal.valueOf(1_000);
  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);

  private PulseReader() {}

  /** Returns what is counted, empty if a problem was reported. */
  static Optional<PulseInput> read(YamlMap meter) {
    int errorsBefore = meter.diagnostics().errorCount();
    Optional<YamlMap> found = meter.map("pulses");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    YamlMap yaml = found.get();
    int pin = (int) yaml.integer("pin", 0, LAST_PIN);
    boolean isVolume = yaml.has("perM3");
    String perKey = isVolume ? "perM3" : "perKwh";
    BigDecimal perUnit = positive(yaml, perKey, LARGEST);
    int debounce = (int) yaml.integer("debounceMicros", 0, 1_000_000);
    BigDecimal maxPerSecond = positive(yaml, "maxPerSecond", MOST_HERTZ);
    BigDecimal start = yaml.decimal("start");
    if (start.signum() < 0 || start.compareTo(LARGEST_START) > 0) {
      yaml.error("start", "bad-value", "'start' is what the meter's display says, not " + start);
    }
    yaml.close();
    if (meter.diagnostics().errorCount() == errorsBefore) {
      debounced(yaml, debounce, maxPerSecond);
      plausible(meter, yaml, perUnit, maxPerSecond);
    }
    return meter.diagnostics().errorCount() > errorsBefore
        ? Optional.empty()
        : Optional.of(
            new PulseInput(
                pin,
                perUnit,
                isVolume ? Unit.CUBIC_METRE : Unit.KILOWATT_HOUR,
                debounce,
                maxPerSecond,
                start));
  }

  private static BigDecimal positive(YamlMap yaml, String key, BigDecimal most) {
    BigDecimal value = yaml.decimal(key);
    if (yaml.has(key) && (value.signum() <= 0 || value.compareTo(most) > 0)) {
      yaml.error(key, "bad-value", "'" + key + "' must be above 0 and at most " + most);
    }
    return value;
  }

  /** Pulse and pause must each outlast the debounce, or the fastest pulses go unseen. */
  private static void debounced(YamlMap yaml, int debounceMicros, BigDecimal maxPerSecond) {
    BigDecimal twice = BigDecimal.valueOf(2L * debounceMicros);
    if (twice.multiply(maxPerSecond).compareTo(MICROS) > 0) {
      yaml.error(
          "debounceMicros",
          "bad-value",
          "at maxPerSecond %s a pulse and its pause last %s µs together: 'debounceMicros' must be at"
                  .formatted(
                      maxPerSecond.toPlainString(),
                      MICROS.divide(maxPerSecond, 0, RoundingMode.FLOOR).toPlainString())
              + " most half of it");
    }
  }

  private static void plausible(
      YamlMap meter, YamlMap yaml, BigDecimal perUnit, BigDecimal maxPerSecond) {
    Optional<BigDecimal> most = meter.optionalDecimal("maxPowerKw");
    if (most.isPresent()
        && most.get().multiply(perUnit).compareTo(maxPerSecond.multiply(SECONDS_PER_HOUR)) > 0) {
      yaml.error(
          "maxPerSecond",
          "too-many-pulses",
          "at maxPowerKw the meter gives %s pulses a second, above 'maxPerSecond'"
              .formatted(
                  most.get()
                      .multiply(perUnit)
                      .divide(SECONDS_PER_HOUR, 1, RoundingMode.CEILING)
                      .toPlainString()));
    }
  }
}

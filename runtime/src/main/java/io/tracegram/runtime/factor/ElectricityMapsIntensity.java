package io.tracegram.runtime.factor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.emission.IntensitySeries.Slot;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads answers of Electricity Maps v3: {@code history}, a range ({@code data}) or the latest
 * alone. Single-threaded, used once.
 */
final class ElectricityMapsIntensity {
  private final Faults faults = new Faults();
  private final SlotCollector slots = new SlotCollector(faults, OptionalLong.empty());
  private final Set<String> boundaries = new TreeSet<>();
  private final Set<String> zones = new TreeSet<>();

  private ElectricityMapsIntensity() {}

  /**
   * Returns the slots, or why not.
   *
   * @throws IOException if the bytes cannot be read to their end
   */
  static IntensityReading read(InputStream in) throws IOException {
    return new ElectricityMapsIntensity().readAll(in);
  }

  private IntensityReading readAll(InputStream in) throws IOException {
    Optional<ObjectNode> rest =
        JsonEntries.walk(in, Set.of("history", "data"), faults, this::entry);
    rest.ifPresent(this::rest);
    one(boundaries, "emissionFactorType");
    one(zones, "zone");
    OptionalLong hourly = OptionalLong.of(3_600_000);
    return slots.finish(hourly, boundaries.stream().findFirst(), zones.stream().findFirst());
  }

  private void rest(ObjectNode rest) {
    if (MarginalSignal.isNamedIn(rest.path("meta").toString())) {
      faults.add(1, MarginalSignal.REASON);
      return;
    }
    if (rest.has("history") || rest.has("data")) {
      JsonNode zone = rest.path("zone");
      if (zone.isTextual()) {
        zones.add(zone.textValue());
      }
      return;
    }
    try {
      entry(1, rest);
    } catch (IllegalArgumentException e) {
      faults.add(1, String.valueOf(e.getMessage()));
    }
  }

  private void entry(long line, JsonNode entry) {
    if (entry.has("point_time") || entry.has("marginalCarbonIntensity")) {
      throw new IllegalArgumentException(MarginalSignal.REASON);
    }
    String type = JsonEntries.text(entry, "emissionFactorType");
    switch (type) {
      case "lifecycle" -> boundaries.add("life-cycle");
      case "direct" -> boundaries.add("generation");
      default ->
          throw new IllegalArgumentException(
              MarginalSignal.isNamedIn(type)
                  ? MarginalSignal.REASON
                  : "emissionFactorType must be lifecycle or direct, not " + Written.shown(type));
    }
    if (entry.has("zone")) {
      zones.add(JsonEntries.text(entry, "zone"));
    }
    long start = Written.start(JsonEntries.text(entry, "datetime"));
    Optional<Long> nanograms = JsonEntries.nanograms(entry, "carbonIntensity");
    if (nanograms.isEmpty()) {
      slots.addUnknown(line, start);
      return;
    }
    JsonNode estimated = entry.path("isEstimated");
    if (!estimated.isBoolean()) {
      throw new IllegalArgumentException("'isEstimated' must be true or false");
    }
    slots.add(line, new Slot(start, nanograms.get(), estimated.booleanValue()));
  }

  private void one(Set<String> values, String key) {
    if (values.size() > 1) {
      faults.add(1, "'" + key + "' differs between the entries: " + String.join(", ", values));
    }
  }
}

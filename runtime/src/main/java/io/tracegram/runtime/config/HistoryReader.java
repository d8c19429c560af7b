package io.tracegram.runtime.config;

import io.tracegram.runtime.history.HistoryForm;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how a plant's files of history are written. Stateless. */
final class HistoryReader {
  private static final Map<String, Boolean> MIDNIGHTS =
      Map.of("same-day", false, "previous-day", true);

  private HistoryReader() {}

  /**
   * Reads the {@code import} section.
   *
   * @param meters ids of the plant's meters
   */
  static HistoryForm read(YamlMap yaml, List<String> meters) {
    HistoryForm.Values values = yaml.oneOf("values", HistoryForm.Values.class);
    Optional<YamlMap> time = yaml.map("time");
    String column = time.map(read -> read.text("column")).orElse("");
    Optional<HistoryForm.LocalStamps> local = time.flatMap(HistoryReader::local);
    time.ifPresent(YamlMap::close);
    HistoryForm.Stamp stamp = yaml.oneOf("stamp", HistoryForm.Stamp.class);
    Duration step = yaml.duration("step", Duration.ZERO);
    Map<String, String> columns = columns(yaml, meters);
    Set<String> ignored = new LinkedHashSet<>();
    yaml.optionalList("ignore").texts().forEach(text -> ignored.add(text.text()));
    yaml.close();
    boolean intervals = values == HistoryForm.Values.INTERVALS;
    if (intervals && stamp == HistoryForm.Stamp.INSTANT) {
      yaml.error("stamp", "bad-value", "energy is of a period: 'stamp' is its start or its end");
    } else if (step.isZero() && (intervals || stamp == HistoryForm.Stamp.START)) {
      yaml.error("step", "missing-key", "'step' is missing here: how long a row's period is");
    } else {
      return new HistoryForm(values, column, local, stamp, step, columns, ignored);
    }
    return HistoryForm.PLAIN;
  }

  private static Optional<HistoryForm.LocalStamps> local(YamlMap time) {
    if (!time.has("format")) {
      return Optional.empty();
    }
    String format = time.value("format", HistoryReader::format, "");
    String zone = time.value("zone", Scalars::timeZone, "");
    boolean previous =
        time.optionalValue("midnight", text -> Scalars.oneOf(text, MIDNIGHTS)).orElse(false);
    return Optional.of(new HistoryForm.LocalStamps(format, zone, previous));
  }

  private static String format(String text) {
    try {
      HistoryForm.LocalStamps.formatter(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be a pattern such as dd/MM/yyyy HH:mm, not '" + text + "': " + e.getMessage(), e);
    }
    return text;
  }

  private static Map<String, String> columns(YamlMap yaml, List<String> meters) {
    Map<String, String> columns = new LinkedHashMap<>();
    yaml.optionalMap("columns")
        .ifPresent(
            read -> {
              for (String column : read.keys()) {
                String meter = read.text(column);
                if (!meter.isEmpty() && !meters.contains(meter)) {
                  read.error(
                      column,
                      "unknown-meter",
                      "there is no meter '" + meter + "'" + Suggestion.clause(meter, meters));
                }
                columns.put(column, meter);
              }
            });
    return columns;
  }
}

package io.tracegram.gateway.history;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.runtime.history.Survey;
import io.tracegram.runtime.log.EvidenceLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a log holds of a file already, and of others. Single-threaded, used once. */
final class EarlierImports {
  private static final int MOST_NAMED = 3;

  private final Survey file;
  private final boolean keepsEnergy;
  private final Map<String, Long> bases = new HashMap<>();
  private final Map<String, KnownEnergy> known = new HashMap<>();
  private final Map<Column, Reading> last = new HashMap<>();
  private final Map<Column, Extent> others = new LinkedHashMap<>();
  private long throughMillis = Long.MIN_VALUE;

  private record Column(Hash file, String meter) {}

  private record Extent(long fromMillis, long toMillis) {
    Extent with(Extent other) {
      return new Extent(Math.min(fromMillis, other.fromMillis), Math.max(toMillis, other.toMillis));
    }
  }

  private EarlierImports(Survey file, boolean keepsEnergy) {
    this.file = file;
    this.keepsEnergy = keepsEnergy;
  }

  /**
   * Reads what was imported before.
   *
   * @param leaves of history, all that the log holds, in order
   * @param keepsEnergy whether {@link #known} is asked for: it takes room for each reading
   */
  static EarlierImports read(EvidenceLog log, List<Long> leaves, Survey file, boolean keepsEnergy) {
    EarlierImports earlier = new EarlierImports(file, keepsEnergy);
    for (long index : leaves) {
      if (Leaf.parse(log.leaf(index)).statement().statement().body()
          instanceof Body.Imported imported) {
        earlier.imported(imported);
      }
    }
    return earlier;
  }

  /** Returns the end of the last row of this file that is in the log. */
  long throughMillis() {
    return throughMillis;
  }

  /** Returns where a meter's register began when this file was first imported. */
  OptionalLong base(String meter) {
    Long base = bases.get(meter);
    return base == null ? OptionalLong.empty() : OptionalLong.of(base);
  }

  /** Returns what other files brought of a meter. */
  KnownEnergy known(String meter) {
    return known.computeIfAbsent(
        meter, absent -> new KnownEnergy(file.startMillis(), file.endMillis()));
  }

  /** Says which other files were imported for the same time of the same meters. */
  List<String> overlaps() {
    List<String> overlaps = new ArrayList<>();
    others.forEach(
        (other, extent) -> {
          if (file.meters().contains(other.meter)
              && extent.fromMillis < file.endMillis()
              && extent.toMillis > file.startMillis()) {
            overlaps.add(
                "the log holds another file's readings of %s too, %s to %s (sha-256 %s): of two of"
                        .formatted(
                            other.meter,
                            Instant.ofEpochMilli(extent.fromMillis),
                            Instant.ofEpochMilli(extent.toMillis),
                            other.file.hex())
                    + " one moment the one that was imported first counts");
          }
        });
    if (overlaps.size() <= MOST_NAMED) {
      return overlaps;
    }
    List<String> first = new ArrayList<>(overlaps.subList(0, MOST_NAMED));
    first.add("and so for %d more meters of other files".formatted(overlaps.size() - MOST_NAMED));
    return first;
  }

  private void imported(Body.Imported imported) {
    boolean same = imported.file().equals(file.file());
    for (Series series : imported.series()) {
      Reading first = series.readings().getFirst();
      Reading last = series.readings().getLast();
      if (same) {
        bases.putIfAbsent(series.meter(), first.value());
        throughMillis = Math.max(throughMillis, last.measuredMillis());
      } else {
        others.merge(
            new Column(imported.file(), series.meter()),
            new Extent(first.measuredMillis(), last.measuredMillis()),
            Extent::with);
        if (keepsEnergy && file.meters().contains(series.meter())) {
          Column column = new Column(imported.file(), series.meter());
          series.readings().forEach(reading -> note(column, reading));
        }
      }
    }
  }

  /** A register that falls tells nothing of the time before. */
  private void note(Column column, Reading reading) {
    Reading from = last.put(column, reading);
    if (from != null && from.value() <= reading.value()) {
      known(column.meter)
          .add(
              new KnownEnergy.Stretch(
                  from.measuredMillis(), reading.measuredMillis(), from.value(), reading.value()));
    }
  }
}

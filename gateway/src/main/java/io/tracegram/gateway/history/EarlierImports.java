package io.tracegram.gateway.history;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.runtime.log.EvidenceLog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a log holds of a file already, and of others. Single-threaded, used once. */
final class EarlierImports {
  private final Hash file;
  private final long startMillis;
  private final Map<String, Long> bases = new HashMap<>();
  private final Map<String, Reading> before = new HashMap<>();
  private long throughMillis = Long.MIN_VALUE;

  private EarlierImports(Hash file, long startMillis) {
    this.file = file;
    this.startMillis = startMillis;
  }

  /**
   * Reads a log.
   *
   * @param startMillis where the file begins
   */
  static EarlierImports read(EvidenceLog log, Hash file, long startMillis) {
    EarlierImports earlier = new EarlierImports(file, startMillis);
    for (long index = 0; index < log.size(); index++) {
      switch (Leaf.parse(log.leaf(index)).statement().statement().body()) {
        case Body.Imported imported -> earlier.imported(imported);
        case Body _ -> {
          // says nothing of history
        }
      }
    }
    return earlier;
  }

  /** Returns the end of the last row of this file that is in the log. */
  long throughMillis() {
    return throughMillis;
  }

  /** Returns where a meter's register began when this file was first imported. */
  Optional<Long> base(String meter) {
    return Optional.ofNullable(bases.get(meter));
  }

  /** Returns a meter's newest imported reading that is not after the file's begin. */
  Optional<Reading> before(String meter) {
    return Optional.ofNullable(before.get(meter));
  }

  private void imported(Body.Imported imported) {
    boolean same = imported.file().equals(file);
    for (Series series : imported.series()) {
      if (same) {
        bases.putIfAbsent(series.meter(), series.readings().getFirst().value());
        throughMillis = Math.max(throughMillis, series.readings().getLast().measuredMillis());
      } else {
        for (Reading reading : series.readings()) {
          if (reading.measuredMillis() <= startMillis) {
            before.merge(
                series.meter(), reading, (a, b) -> a.measuredMillis() > b.measuredMillis() ? a : b);
          }
        }
      }
    }
  }
}

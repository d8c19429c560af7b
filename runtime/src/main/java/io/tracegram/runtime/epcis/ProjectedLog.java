package io.tracegram.runtime.epcis;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.runtime.log.EvidenceLog;
import java.util.List;

/** A log whose events are projected, as far as its leaves count. Thread-safe. */
public interface ProjectedLog {
  /**
   * How much of a log counts.
   *
   * @param size leaves that passed every check, from the first on
   * @param ended true if the next one failed: nothing from there on counts
   */
  record Trusted(long size, boolean ended) {}

  /** Returns the log's name, as its checkpoints state it. */
  String origin();

  /** Returns how many leaves there are, whatever they are worth. */
  long size();

  Trusted trusted();

  /** Returns the root of the first {@code size} leaves. */
  Hash root(long size);

  /** Returns the leaves of {@code [from, to)}. */
  List<byte[]> entries(long from, long to);

  /** A log that this program writes itself, all of which counts. */
  static ProjectedLog written(String origin, EvidenceLog log) {
    return new Written(origin, log);
  }

  /** A log of this program's own. */
  record Written(String origin, EvidenceLog log) implements ProjectedLog {
    @Override
    public long size() {
      return log.size();
    }

    @Override
    public Trusted trusted() {
      return new Trusted(log.size(), false);
    }

    @Override
    public Hash root(long size) {
      return log.root(size);
    }

    @Override
    public List<byte[]> entries(long from, long to) {
      return log.entries(from, to);
    }
  }
}

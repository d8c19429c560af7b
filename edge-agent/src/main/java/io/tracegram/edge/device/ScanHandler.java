package io.tracegram.edge.device;

import java.util.List;

/** Where a scanner's observations go. Thread-safe. */
public interface ScanHandler {
  /**
   * Keeps a scan with its weight, all or nothing.
   *
   * @return true if it is on disk when this returns
   */
  boolean keep(List<Observation> scanAndWeight);

  /** Takes note of a refusal, or of the scanner's or scale's state. */
  void note(Observation observation);
}

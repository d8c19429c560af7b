package io.tracegram.edge.device;

import java.util.List;

/** Where the observations of scanners and portals go. Thread-safe. */
public interface ScanHandler {
  /**
   * Keeps a scan with its weight, or tags that were seen, all or nothing.
   *
   * @return true if it is on disk when this returns
   */
  boolean keep(List<Observation> observations);

  /** Takes note of a refusal, or of a device's state. */
  void note(Observation observation);
}

package io.tracegram.ledger.evidence.replication;

import io.tracegram.ledger.evidence.log.TilePath;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries {@code [start, end)} of one package, and the subtree that its proof is about.
 * Immutable.
 *
 * @param subtreeStart {@code start} rounded down to a multiple of 256
 */
public record PackageRange(long subtreeStart, long start, long end) {
  private static final int WIDTH = TilePath.FULL;

  /** Returns the number of entries the package carries, 1 to 256. */
  public int count() {
    return (int) (end - start);
  }

  /**
   * Returns the first packages of the canonical sequence for an upload.
   *
   * @param most number of packages returned at most
   */
  public static List<PackageRange> of(long uploadStart, long uploadEnd, int most) {
    List<PackageRange> ranges = new ArrayList<>();
    for (long start = uploadStart; start < uploadEnd && ranges.size() < most; ) {
      PackageRange range = at(start, uploadEnd);
      ranges.add(range);
      start = range.end();
    }
    return ranges;
  }

  /** Returns the package that starts with entry {@code start} of an upload to {@code uploadEnd}. */
  public static PackageRange at(long start, long uploadEnd) {
    if (start < 0 || start >= uploadEnd) {
      throw new IllegalArgumentException("no package at " + start + " of " + uploadEnd);
    }
    long subtreeStart = start - start % WIDTH;
    return new PackageRange(subtreeStart, start, Math.min(uploadEnd, subtreeStart + WIDTH));
  }
}

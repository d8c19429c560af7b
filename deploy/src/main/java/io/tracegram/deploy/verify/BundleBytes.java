package io.tracegram.deploy.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The entries of a bundle as far as it can be read.
 *
 * @param entries whole entries from its start, no more than it should have
 * @param defect why it is not exactly as many whole entries as it should be
 */
record BundleBytes(List<byte[]> entries, Optional<String> defect) {
  BundleBytes {
    entries = List.copyOf(entries);
  }

  /** Splits a bundle that should have {@code width} entries. */
  static BundleBytes split(byte[] bundle, int width) {
    List<byte[]> entries = new ArrayList<>(width);
    int at = 0;
    while (at < bundle.length) {
      if (entries.size() == width) {
        return defect(entries, "goes on after its " + width + " entries");
      }
      int length =
          bundle.length - at < 2
              ? Integer.MAX_VALUE
              : ((bundle[at] & 0xFF) << 8) | (bundle[at + 1] & 0xFF);
      if (length > bundle.length - at - 2) {
        return defect(entries, "ends within entry " + entries.size());
      }
      entries.add(Arrays.copyOfRange(bundle, at + 2, at + 2 + length));
      at += 2 + length;
    }
    return entries.size() == width
        ? new BundleBytes(entries, Optional.empty())
        : defect(entries, "ends after " + entries.size() + " of its " + width + " entries");
  }

  private static BundleBytes defect(List<byte[]> entries, String reason) {
    return new BundleBytes(entries, Optional.of(reason));
  }
}

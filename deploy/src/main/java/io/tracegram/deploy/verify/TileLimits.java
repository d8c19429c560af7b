package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.TilePath;

/** How large and how wide the files of a log can be. Stateless. */
final class TileLimits {
  /** Longest checkpoint, policy or key file, in bytes. */
  static final int TEXT_BYTES = 65_536;

  private TileLimits() {}

  /** Returns the most bytes that a tile or bundle of this name can have. */
  static int bytes(TilePath path) {
    return path.width() * (path.level() == TilePath.ENTRIES ? 2 + Leaf.MAX_LENGTH : Hash.LENGTH);
  }

  /** Returns how wide a tile is in a log of {@code size} leaves, 0 if it has no such tile. */
  static int width(int level, long index, long size) {
    long hashes = size >>> Math.min(63, 8 * Math.max(level, 0));
    return index > hashes / TilePath.FULL
        ? 0
        : Math.clamp(hashes - index * TilePath.FULL, 0, TilePath.FULL);
  }

  /** Says whether a log of {@code size} leaves is made of this tile, among others. */
  static boolean belongs(TilePath path, long size) {
    return width(path.level(), path.index(), size) == path.width();
  }
}

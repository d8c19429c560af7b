package io.tracegram.runtime.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.TilePath;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The hashes of a growing tree as tlog-tiles keeps them: level 0 and each eighth level above, 256
 * to a tile, 32.1 bytes of memory per leaf.
 *
 * <p>One thread appends; any thread asks for nodes of the published {@link #size}.
 */
final class TreeHashes implements MerkleTree.Nodes {
  private static final int TILE = TilePath.FULL;
  private static final int TILE_HEIGHT = 8;

  /** The tiles of one level; the last one fills up. Published by the volatile write of size. */
  private static final class Level {
    private byte[][] tiles = new byte[16][];
    private long count;

    void add(byte[] hash, int from) {
      int tile = (int) (count / TILE);
      if (tile == tiles.length) {
        tiles = Arrays.copyOf(tiles, tile * 2);
      }
      if (count % TILE == 0) {
        tiles[tile] = new byte[TILE * Hash.LENGTH];
      }
      System.arraycopy(hash, from, tiles[tile], (int) (count % TILE) * Hash.LENGTH, Hash.LENGTH);
      count++;
    }
  }

  private final MessageDigest digest = Hash.newSha256();
  private final byte[] scratch = new byte[TILE * Hash.LENGTH];
  private final List<Level> levels =
      new ArrayList<>(List.of(new Level(), new Level(), new Level(), new Level(), new Level()));
  private long appended;
  private volatile long size;

  /** Adds a leaf; readers see it after {@link #publish}. */
  void append(byte[] leaf) {
    digest.update((byte) 0);
    digest.update(leaf);
    levels.get(0).add(digest.digest(), 0);
    appended++;
    long full = appended;
    for (int level = 0; full % TILE == 0 && level + 1 < levels.size(); level++) {
      full /= TILE;
      levels.get(level + 1).add(topOf(levels.get(level).tiles[(int) (full - 1)]), 0);
    }
  }

  /** Makes the leaves appended so far visible. */
  void publish() {
    size = appended;
  }

  long size() {
    return size;
  }

  Hash root(long size) {
    return MerkleTree.root(this, 0, size);
  }

  @Override
  public Hash node(int level, long index) {
    if (level < 0 || index < 0 || (index + 1) << level > size) {
      throw new IndexOutOfBoundsException("node " + level + "/" + index + " of " + size);
    }
    int tileLevel = Math.min(level / TILE_HEIGHT, levels.size() - 1);
    int height = level - tileLevel * TILE_HEIGHT;
    return subtree(tileLevel, index << height, height);
  }

  private Hash subtree(int tileLevel, long index, int height) {
    if (height == 0) {
      byte[] tile = levels.get(tileLevel).tiles[(int) (index / TILE)];
      int from = (int) (index % TILE) * Hash.LENGTH;
      return Hash.of(Arrays.copyOfRange(tile, from, from + Hash.LENGTH));
    }
    long half = 1L << (height - 1);
    return MerkleTree.nodeHash(
        subtree(tileLevel, index, height - 1), subtree(tileLevel, index + half, height - 1));
  }

  /** Returns how many hashes of a tile a tree of {@code size} leaves has: 0 to 256. */
  static int width(int tileLevel, long tile, long size) {
    long hashes = size >>> Math.min(63, tileLevel * TILE_HEIGHT);
    if (tile > hashes / TILE) {
      return 0;
    }
    return Math.clamp(hashes - tile * TILE, 0, TILE);
  }

  /** Returns the bytes of a tile whose width is within the published size. */
  byte[] tile(TilePath path) {
    byte[] tile = levels.get(path.level()).tiles[(int) path.index()];
    return Arrays.copyOf(tile, path.width() * Hash.LENGTH);
  }

  int levels() {
    return levels.size();
  }

  private byte[] topOf(byte[] tile) {
    System.arraycopy(tile, 0, scratch, 0, scratch.length);
    try {
      for (int width = TILE; width > 1; width /= 2) {
        for (int i = 0; i < width / 2; i++) {
          digest.update((byte) 1);
          digest.update(scratch, i * 2 * Hash.LENGTH, 2 * Hash.LENGTH);
          digest.digest(scratch, i * Hash.LENGTH, Hash.LENGTH);
        }
      }
    } catch (DigestException e) {
      throw new AssertionError("a SHA-256 has 32 bytes", e);
    }
    return Arrays.copyOf(scratch, Hash.LENGTH);
  }
}

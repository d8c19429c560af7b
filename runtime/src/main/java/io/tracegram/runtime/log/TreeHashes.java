package io.tracegram.runtime.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.TilePath;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of a growing tree as tlog-tiles keeps them: level 0 and each eighth level above, 256
 * to a tile. In memory are the upper levels and the newest tiles of level 0; older ones of level 0
 * are read when they are asked for, and proven by the level above.
 *
 * <p>One thread appends; any thread asks for nodes of the published {@link #size}.
 */
final class TreeHashes implements MerkleTree.Nodes {
  /** Tiles of level 0 that stay in memory. */
  private static final int KEPT = 64;

  private static final int TILE = TilePath.FULL;
  private static final int TILE_HEIGHT = 8;
  static final int LEVELS = 5;

  /** Gives the bytes of a full tile of level 0 that is not in memory, not proven yet. */
  interface OldTiles {
    byte[] tile(long index, Hash top);
  }

  /** The tiles of one level; the last one fills up. Published by the volatile write of size. */
  private static final class Level {
    private byte[] @Nullable [] tiles = new byte[16][];
    private long count;

    void add(byte[] hash) {
      int tile = (int) (count / TILE);
      if (tile == tiles.length) {
        tiles = Arrays.copyOf(tiles, tile * 2);
      }
      byte[] hashes = tiles[tile];
      if (hashes == null) {
        hashes = new byte[TILE * Hash.LENGTH];
        tiles[tile] = hashes;
      }
      System.arraycopy(hash, 0, hashes, (int) (count % TILE) * Hash.LENGTH, Hash.LENGTH);
      count++;
    }

    Hash hash(long index) {
      byte[] tile = Objects.requireNonNull(tiles[(int) (index / TILE)]);
      int from = (int) (index % TILE) * Hash.LENGTH;
      return Hash.of(Arrays.copyOfRange(tile, from, from + Hash.LENGTH));
    }
  }

  private final OldTiles oldTiles;
  private final MessageDigest digest = Hash.newSha256();
  private final List<Level> levels = new ArrayList<>();
  private long appended;
  private long dropped;
  private volatile long stored;
  private volatile long size;

  TreeHashes(OldTiles oldTiles) {
    this.oldTiles = oldTiles;
    for (int level = 0; level < LEVELS; level++) {
      levels.add(new Level());
    }
  }

  /** Reads a tile as it is stored; empty if it is not there or has another width. */
  interface StoredTiles {
    Optional<byte[]> read(TilePath path);
  }

  /**
   * Takes the upper levels of the first {@code from} leaves from the tiles stored for {@code size}
   * leaves; empty if one is missing or does not carry the tiles above it. That the uppermost are
   * right is for the caller to check, by the root.
   *
   * @param from a multiple of 256, at most {@code size}
   */
  static Optional<TreeHashes> of(StoredTiles source, OldTiles oldTiles, long from, long size) {
    TreeHashes hashes = new TreeHashes(oldTiles);
    hashes.appended = from;
    hashes.dropped = from / TILE;
    Level bottom = hashes.levels.getFirst();
    bottom.count = from;
    bottom.tiles = new byte[(int) (from / TILE) + 16][];
    for (int level = LEVELS - 1; level > 0; level--) {
      if (!hashes.load(source, level, from >>> (level * TILE_HEIGHT), size)) {
        return Optional.empty();
      }
    }
    return Optional.of(hashes);
  }

  private boolean load(StoredTiles source, int number, long count, long size) {
    Level level = levels.get(number);
    for (long first = 0; first < count; first += TILE) {
      long index = first / TILE;
      Optional<byte[]> tile = source.read(new TilePath(number, index, width(number, index, size)));
      if (tile.isEmpty()) {
        return false;
      }
      int wanted = (int) Math.min(TILE, count - first);
      if (wanted == TILE
          && number + 1 < LEVELS
          && !top(tile.get()).equals(levels.get(number + 1).hash(index))) {
        return false;
      }
      for (int i = 0; i < wanted; i++) {
        level.add(Arrays.copyOfRange(tile.get(), i * Hash.LENGTH, (i + 1) * Hash.LENGTH));
      }
    }
    return true;
  }

  /** Adds a leaf; readers see it after {@link #publish}. */
  void append(byte[] leaf) {
    digest.update((byte) 0);
    digest.update(leaf);
    levels.getFirst().add(digest.digest());
    appended++;
    long full = appended;
    for (int level = 0; full % TILE == 0 && level + 1 < LEVELS; level++) {
      full /= TILE;
      byte[] tile = Objects.requireNonNull(levels.get(level).tiles[(int) (full - 1)]);
      levels.get(level + 1).add(top(tile).bytes());
    }
  }

  /** Makes the leaves appended so far visible. */
  void publish() {
    size = appended;
    Level bottom = levels.getFirst();
    for (long last = Math.min(stored / TILE, size / TILE - KEPT); dropped < last; dropped++) {
      bottom.tiles[(int) dropped] = null;
    }
  }

  /** Says that all tiles of a size are stored: those of level 0 need not stay in memory. */
  void stored(long size) {
    stored = size;
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
    int tileLevel = Math.min(level / TILE_HEIGHT, LEVELS - 1);
    int height = level - tileLevel * TILE_HEIGHT;
    if (height > TILE_HEIGHT) {
      return MerkleTree.nodeHash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    }
    long first = index << height;
    return top(bytes(tileLevel, first / TILE), (int) (first % TILE), 1 << height);
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
    return Arrays.copyOf(bytes(path.level(), path.index()), path.width() * Hash.LENGTH);
  }

  /** Returns the root of a full tile. */
  static Hash top(byte[] tile) {
    return top(tile, 0, TILE);
  }

  /** Returns a tile that is at least as long as the published size asks for. */
  private byte[] bytes(int level, long index) {
    byte[] tile = levels.get(level).tiles[(int) index];
    return tile != null ? tile : oldTiles.tile(index, node(TILE_HEIGHT, index));
  }

  private static Hash top(byte[] tile, int first, int width) {
    MessageDigest digest = Hash.newSha256();
    byte[] hashes = Arrays.copyOfRange(tile, first * Hash.LENGTH, (first + width) * Hash.LENGTH);
    try {
      for (int left = width; left > 1; left /= 2) {
        for (int i = 0; i < left / 2; i++) {
          digest.update((byte) 1);
          digest.update(hashes, i * 2 * Hash.LENGTH, 2 * Hash.LENGTH);
          digest.digest(hashes, i * Hash.LENGTH, Hash.LENGTH);
        }
      }
    } catch (DigestException e) {
      throw new AssertionError("a SHA-256 has 32 bytes", e);
    }
    return Hash.of(Arrays.copyOf(hashes, Hash.LENGTH));
  }
}

package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.TilePath;
import java.util.ArrayList;
import java.util.List;

/**
 * A tree in 32 bytes per 256 leaves: the roots of its full level-0 tiles, and the hashes of the
 * last, partial one. Single-threaded.
 */
final class TileTree {
  private final List<Hash> tiles;
  private List<Hash> tail;

  TileTree() {
    this(new ArrayList<>(), List.of());
  }

  TileTree(List<Hash> tiles, List<Hash> tail) {
    this.tiles = tiles;
    this.tail = tail;
  }

  /** Returns the root of at most 256 hashes. */
  static Hash rootOf(List<Hash> hashes) {
    return MerkleTree.root((level, index) -> node(hashes, level, index), 0, hashes.size());
  }

  void addFull(Hash root) {
    tiles.add(root);
  }

  void end(List<Hash> hashes) {
    tail = hashes;
  }

  /** Returns the roots of the full tiles: the hashes of level 1. */
  List<Hash> level1() {
    return tiles;
  }

  List<Hash> tail() {
    return tail;
  }

  Hash root() {
    long full = (long) tiles.size() * TilePath.FULL;
    return MerkleTree.root(
        (level, index) ->
            level >= 8
                ? node(tiles, level - 8, index)
                : node(tail, level, index - (full >>> level)),
        0,
        full + tail.size());
  }

  private static Hash node(List<Hash> hashes, int level, long index) {
    return level == 0
        ? hashes.get((int) index)
        : MerkleTree.nodeHash(
            node(hashes, level - 1, 2 * index), node(hashes, level - 1, 2 * index + 1));
  }
}

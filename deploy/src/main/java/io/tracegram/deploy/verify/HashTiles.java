package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.verification.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Compares a log's hash tiles with those its entries give. Single-threaded. */
final class HashTiles {
  private final LogSource source;
  private final List<Hash> fullTiles = new ArrayList<>();

  HashTiles(LogSource source) {
    this.source = source;
  }

  /** Checks the level-0 tile of these consecutive leaf hashes. */
  Optional<Finding> check(long index, List<Hash> hashes) throws IOException {
    if (hashes.size() == TilePath.FULL) {
      fullTiles.add(root(hashes));
    }
    return compare(new TilePath(0, index, hashes.size()), hashes);
  }

  /** Checks the tiles above level 0, once all leaves are there. */
  Optional<Finding> checkUpperLevels(long size) throws IOException {
    List<Hash> level = fullTiles;
    int number = 1;
    for (long width = size / TilePath.FULL; width > 0; width /= TilePath.FULL) {
      List<Hash> above = new ArrayList<>();
      for (int start = 0; start < level.size(); start += TilePath.FULL) {
        List<Hash> tile = level.subList(start, Math.min(level.size(), start + TilePath.FULL));
        Optional<Finding> wrong =
            compare(new TilePath(number, start / TilePath.FULL, tile.size()), tile);
        if (wrong.isPresent()) {
          return wrong;
        }
        if (tile.size() == TilePath.FULL) {
          above.add(root(tile));
        }
      }
      level = above;
      number++;
    }
    return Optional.empty();
  }

  private Optional<Finding> compare(TilePath path, List<Hash> hashes) throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    hashes.forEach(hash -> expected.writeBytes(hash.bytes()));
    Optional<byte[]> exact = source.tile(path);
    Optional<byte[]> served =
        exact.isPresent() || path.isFull()
            ? exact
            : source
                .tile(new TilePath(path.level(), path.index(), TilePath.FULL))
                .map(full -> Arrays.copyOf(full, path.width() * Hash.LENGTH));
    if (served.isEmpty()) {
      return Optional.of(new Finding(-1, Finding.Step.TREE, "missing " + path));
    }
    return Arrays.equals(served.get(), expected.toByteArray())
        ? Optional.empty()
        : Optional.of(new Finding(-1, Finding.Step.TREE, path + " is not the tile of its entries"));
  }

  private static Hash root(List<Hash> hashes) {
    MerkleTree.Nodes nodes = (level, index) -> node(hashes, level, index);
    return MerkleTree.root(nodes, 0, hashes.size());
  }

  private static Hash node(List<Hash> hashes, int level, long index) {
    if (level == 0) {
      return hashes.get((int) index);
    }
    return MerkleTree.nodeHash(
        node(hashes, level - 1, 2 * index), node(hashes, level - 1, 2 * index + 1));
  }
}

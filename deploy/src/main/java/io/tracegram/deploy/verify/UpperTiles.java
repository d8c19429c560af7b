package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.verification.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A log's hash tiles above level 0, compared with what lies below them. Single-threaded. */
final class UpperTiles {
  private final LogSnapshot log;
  private final List<Finding> findings = new ArrayList<>();

  UpperTiles(LogSnapshot log) {
    this.log = log;
  }

  /** Returns where these tiles are not those of the given hashes of level 1. */
  List<Finding> compare(List<Hash> level1) {
    List<Hash> expected = level1;
    for (int level = 1; !expected.isEmpty(); level++) {
      List<Hash> above = new ArrayList<>();
      for (int start = 0; start < expected.size(); start += TilePath.FULL) {
        List<Hash> hashes =
            expected.subList(start, Math.min(expected.size(), start + TilePath.FULL));
        TilePath path = new TilePath(level, start / TilePath.FULL, hashes.size());
        differences(path, hashes);
        if (path.isFull()) {
          above.add(TileTree.rootOf(hashes));
        }
      }
      expected = above;
    }
    return findings;
  }

  private void differences(TilePath path, List<Hash> expected) {
    Optional<List<Hash>> stored = stored(path);
    for (int i = 0; stored.isPresent() && i < expected.size(); i++) {
      if (!stored.get().get(i).equals(expected.get(i))) {
        findings.add(
            TreeCheck.tree(
                    first(path, i),
                    "hash %d is not that of leaves %d to %d below it"
                        .formatted(i, first(path, i), first(path, i + 1) - 1))
                .in(path.toString()));
        return;
      }
    }
  }

  /**
   * Returns where entries and level-0 tiles were changed together, if the level-1 tiles still lead
   * to the signed root.
   */
  List<Finding> locate(TileTree changed) {
    List<Hash> level1 = new ArrayList<>();
    for (int start = 0; start < changed.level1().size(); start += TilePath.FULL) {
      int width = Math.min(TilePath.FULL, changed.level1().size() - start);
      Optional<List<Hash>> tile = stored(new TilePath(1, start / TilePath.FULL, width));
      if (tile.isEmpty()) {
        return findings;
      }
      level1.addAll(tile.get());
    }
    if (new TileTree(level1, changed.tail()).root().equals(log.head().root())) {
      for (int i = 0; i < level1.size() && findings.size() < TreeCheck.ENOUGH; i++) {
        if (!level1.get(i).equals(changed.level1().get(i))) {
          long first = (long) i * TilePath.FULL;
          TilePath bundle = log.bundle(i);
          findings.add(
              TreeCheck.tree(
                      first,
                      "leaves %d to %d are not those that were signed; their hash tile %s was"
                              .formatted(
                                  first, first + bundle.width() - 1, CheckedBundle.hashTile(bundle))
                          + " changed with them")
                  .in(bundle.toString()));
        }
      }
    }
    return findings;
  }

  private Optional<List<Hash>> stored(TilePath path) {
    Optional<byte[]> bytes;
    Optional<String> defect;
    try {
      bytes = log.tile(path);
      defect = CheckedBundle.defect(bytes, path);
    } catch (MalformedException e) {
      bytes = Optional.empty();
      defect = Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      bytes = Optional.empty();
      defect = Optional.of("cannot be read: " + e.getMessage());
    }
    defect.ifPresent(
        reason -> findings.add(TreeCheck.tree(first(path, 0), reason).in(path.toString())));
    return defect.isPresent() ? Optional.empty() : bytes.map(CheckedBundle::hashes);
  }

  /** Returns the first leaf below a hash of a tile. */
  private static long first(TilePath path, int hash) {
    return (path.index() * TilePath.FULL + hash) << (8 * path.level());
  }
}

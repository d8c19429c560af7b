package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.TilePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The subtrees of a log by its hash tiles, each read once. Single-threaded; a tile that is missing
 * or of another form raises {@link UncheckedIOException}.
 */
final class TileNodes implements MerkleTree.Nodes {
  private static final int TILE_HEIGHT = 8;

  private final LogSnapshot log;
  private final Map<TilePath, List<Hash>> tiles = new HashMap<>();

  TileNodes(LogSnapshot log) {
    this.log = log;
  }

  @Override
  public Hash node(int level, long index) {
    int tileLevel = level / TILE_HEIGHT;
    int height = level % TILE_HEIGHT;
    long first = index << height;
    long tile = first / TilePath.FULL;
    TilePath path =
        new TilePath(tileLevel, tile, TileLimits.width(tileLevel, tile, log.head().size()));
    int from = (int) (first % TilePath.FULL);
    return TileTree.rootOf(
        tiles.computeIfAbsent(path, this::tile).subList(from, from + (1 << height)));
  }

  private List<Hash> tile(TilePath path) {
    try {
      Optional<byte[]> bytes = log.tile(path);
      Optional<String> defect = CheckedBundle.defect(bytes, path);
      if (defect.isPresent()) {
        throw new IOException(
            "not proven: %s %s; see what else is wrong: tracegram verify %s"
                .formatted(path, defect.get(), log.source().name()));
      }
      return CheckedBundle.hashes(bytes.orElseThrow());
    } catch (MalformedException e) {
      throw new UncheckedIOException(
          new IOException("not proven: " + path + " " + e.getMessage(), e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

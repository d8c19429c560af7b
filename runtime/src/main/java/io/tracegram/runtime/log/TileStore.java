package io.tracegram.runtime.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.EntryBundle;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TilePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tlog-tiles directory of a log: full tiles and bundles for ever, partial ones for the
 * published checkpoint only.
 *
 * <p>Tiles are derived: they are not forced to disk but compared and mended, the newest at start,
 * older ones when they are read or scrubbed; the checkpoint is on disk before {@link #publish}
 * returns, and its tiles are in place before it. One thread publishes; any thread reads.
 */
final class TileStore implements TreeHashes.OldTiles, TreeHashes.StoredTiles {
  private static final Logger LOG = LoggerFactory.getLogger(TileStore.class);
  private static final int CACHED = 256;

  private final Path directory;
  private final Segments segments;
  private final Map<Long, byte[]> cache =
      new LinkedHashMap<>(CACHED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > CACHED;
        }
      };
  private long published;

  TileStore(Path directory, Segments segments) {
    this.directory = directory;
    this.segments = segments;
  }

  /** Reads the checkpoint as stored. */
  Optional<SignedNote> checkpoint() throws IOException {
    try {
      return Optional.of(SignedNote.parse(Files.readString(directory.resolve("checkpoint"))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<byte[]> read(TilePath path) {
    try {
      return Optional.of(Files.readAllBytes(directory.resolve(path.toString())))
          .filter(tile -> tile.length == path.width() * Hash.LENGTH);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns a full tile of level 0 whose root is known: as it is stored, or again from its leaves.
   *
   * @throws LogDamagedException if the leaves do not give it
   */
  @Override
  public byte[] tile(long index, Hash top) {
    synchronized (cache) {
      byte[] known = cache.get(index);
      if (known != null) {
        return known;
      }
    }
    TilePath path = new TilePath(0, index, TilePath.FULL);
    byte[] tile =
        read(path)
            .filter(stored -> TreeHashes.top(stored).equals(top))
            .orElseGet(() -> rebuilt(path, top));
    synchronized (cache) {
      cache.put(index, tile);
    }
    return tile;
  }

  private byte[] rebuilt(TilePath path, Hash top) {
    byte[] tile = ofLeaves(entries(path));
    if (!TreeHashes.top(tile).equals(top)) {
      throw damaged(path);
    }
    try {
      Directories.replace(directory.resolve(path.toString()), tile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LOG.warn("event=log.tile-mended tile={}", path);
    return tile;
  }

  /**
   * Reads the leaves of a full tile and mends its files; returns how many had to be written.
   *
   * @throws LogDamagedException if the leaves are no longer those of the tree
   */
  int scrub(long index, Hash top) throws IOException {
    List<byte[]> leaves = entries(new TilePath(TilePath.ENTRIES, index, TilePath.FULL));
    byte[] tile = ofLeaves(leaves);
    TilePath path = new TilePath(0, index, TilePath.FULL);
    if (!TreeHashes.top(tile).equals(top)) {
      throw damaged(path);
    }
    TilePath bundle = new TilePath(TilePath.ENTRIES, index, TilePath.FULL);
    return mend(path, tile) + mend(bundle, EntryBundle.encode(leaves));
  }

  private LogDamagedException damaged(TilePath path) {
    long first = path.index() * TilePath.FULL;
    return new LogDamagedException(
        directory
            + ": the leaves "
            + first
            + " to "
            + (first + TilePath.FULL - 1)
            + " do not give the tile that was signed; a leaf was changed: restore the segments"
            + " from a backup or the mirror, and keep this directory as evidence");
  }

  /**
   * Makes every tile right that a tree of {@code size} leaves has beyond one of {@code from};
   * returns how many had to be written.
   */
  int mend(TreeHashes hashes, long from, long size) throws IOException {
    int mended = 0;
    for (TilePath path : paths(from, size)) {
      mended += mend(path, content(hashes, path));
    }
    published = size;
    return mended;
  }

  private int mend(TilePath path, byte[] expected) throws IOException {
    Path file = directory.resolve(path.toString());
    if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), expected)) {
      return 0;
    }
    Directories.replace(file, expected);
    return 1;
  }

  /** Writes the tiles that {@code size} leaves need beyond those of before, then the checkpoint. */
  void publish(TreeHashes hashes, SignedNote checkpoint, long size) throws IOException {
    for (TilePath path : paths(published, size)) {
      Directories.replace(directory.resolve(path.toString()), content(hashes, path));
    }
    Directories.replaceDurably(
        directory.resolve("checkpoint"), checkpoint.format().getBytes(StandardCharsets.UTF_8));
    if (size > published) {
      deletePartials(published, size);
    }
    published = size;
  }

  /** Returns the content of a tile or bundle within the log. */
  byte[] content(TreeHashes hashes, TilePath path) {
    return path.level() == TilePath.ENTRIES ? EntryBundle.encode(entries(path)) : hashes.tile(path);
  }

  private List<byte[]> entries(TilePath path) {
    List<byte[]> entries = new ArrayList<>();
    long first = path.index() * TilePath.FULL;
    for (long index = first; index < first + path.width(); index++) {
      entries.add(segments.read(index));
    }
    return entries;
  }

  private static byte[] ofLeaves(List<byte[]> leaves) {
    byte[] tile = new byte[leaves.size() * Hash.LENGTH];
    for (int i = 0; i < leaves.size(); i++) {
      System.arraycopy(Leaf.hash(leaves.get(i)).bytes(), 0, tile, i * Hash.LENGTH, Hash.LENGTH);
    }
    return tile;
  }

  /** Lists the tiles and bundles that differ between two sizes, as the larger one has them. */
  private static List<TilePath> paths(long from, long size) {
    List<TilePath> paths = new ArrayList<>();
    for (int level = TilePath.ENTRIES; level < TreeHashes.LEVELS; level++) {
      int tileLevel = Math.max(level, 0);
      long perTile = 1L << (8 * (tileLevel + 1));
      for (long tile = from / perTile; ; tile++) {
        int width = TreeHashes.width(tileLevel, tile, size);
        if (width == 0) {
          break;
        }
        if (width != TreeHashes.width(tileLevel, tile, from)) {
          paths.add(new TilePath(level, tile, width));
        }
      }
    }
    return paths;
  }

  private void deletePartials(long from, long size) throws IOException {
    for (int level = TilePath.ENTRIES; level < TreeHashes.LEVELS; level++) {
      int tileLevel = Math.max(level, 0);
      long tile = from / (1L << (8 * (tileLevel + 1)));
      int width = TreeHashes.width(tileLevel, tile, from);
      if (width > 0 && width < TilePath.FULL && width != TreeHashes.width(tileLevel, tile, size)) {
        Path partial = directory.resolve(new TilePath(level, tile, width).toString());
        Files.deleteIfExists(partial);
        if (TreeHashes.width(tileLevel, tile, size) == TilePath.FULL) {
          Files.deleteIfExists(partial.getParent());
        }
      }
    }
  }
}

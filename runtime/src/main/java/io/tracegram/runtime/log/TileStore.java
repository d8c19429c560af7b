package io.tracegram.runtime.log;

import io.tracegram.ledger.evidence.log.EntryBundle;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The tlog-tiles directory of a log: full tiles and bundles for ever, partial ones for the
 * published checkpoint only.
 *
 * <p>Tiles are derived: they are not forced to disk but compared and mended at start; the
 * checkpoint is on disk before {@link #publish} returns, and its tiles are in place before it.
 * Single-threaded.
 */
final class TileStore {
  private final Path directory;
  private final TreeHashes hashes;
  private final Segments segments;
  private long published;

  TileStore(Path directory, TreeHashes hashes, Segments segments) {
    this.directory = directory;
    this.hashes = hashes;
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

  /**
   * Makes every tile of a tree of {@code size} leaves right; returns how many had to be written.
   */
  int mend(long size) throws IOException {
    int mended = 0;
    for (TilePath path : paths(0, size)) {
      byte[] expected = content(path);
      Path file = directory.resolve(path.toString());
      if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), expected)) {
        Directories.replace(file, expected);
        mended++;
      }
    }
    published = size;
    return mended;
  }

  /** Writes the tiles that {@code size} leaves need beyond those of before, then the checkpoint. */
  void publish(SignedNote checkpoint, long size) throws IOException {
    for (TilePath path : paths(published, size)) {
      Directories.replace(directory.resolve(path.toString()), content(path));
    }
    Directories.replaceDurably(
        directory.resolve("checkpoint"), checkpoint.format().getBytes(StandardCharsets.UTF_8));
    if (size > published) {
      deletePartials(published, size);
    }
    published = size;
  }

  /** Returns the content of a tile or bundle within the log. */
  byte[] content(TilePath path) {
    if (path.level() != TilePath.ENTRIES) {
      return hashes.tile(path);
    }
    List<byte[]> entries = new ArrayList<>(path.width());
    long first = path.index() * TilePath.FULL;
    for (long index = first; index < first + path.width(); index++) {
      entries.add(segments.read(index));
    }
    return EntryBundle.encode(entries);
  }

  /** Lists the tiles and bundles that differ between two sizes, as the larger one has them. */
  private List<TilePath> paths(long from, long size) {
    List<TilePath> paths = new ArrayList<>();
    for (int level = TilePath.ENTRIES; level < hashes.levels(); level++) {
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
    for (int level = TilePath.ENTRIES; level < hashes.levels(); level++) {
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

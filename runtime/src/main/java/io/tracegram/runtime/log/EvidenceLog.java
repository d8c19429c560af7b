package io.tracegram.runtime.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TilePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log of leaves with its tree, in one directory: {@code segments/} (the truth), {@code tile/} and
 * {@code checkpoint} (C2SP tlog-tiles).
 *
 * <p>One thread appends, one thread publishes; any thread may call all other methods meanwhile. A
 * leaf is visible once it is on disk. After a disk error every call throws {@link
 * LogFailedException}. One process has the directory at a time.
 */
public final class EvidenceLog implements SnapshotFile.History, AutoCloseable {
  /** Largest leaf, in bytes. */
  public static final int MAX_LEAF_LENGTH = Segments.MAX_LEAF;

  /** Default size of a segment file, in bytes. */
  public static final long SEGMENT_BYTES = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(EvidenceLog.class);

  private final Path directory;
  private final FileChannel lock;
  private final Segments segments;
  private final TreeHashes hashes;
  private final TileStore tiles;
  private volatile @Nullable SignedNote checkpoint;
  private volatile long checkpointSize;

  private EvidenceLog(
      Path directory, FileChannel lock, Segments segments, TreeHashes hashes, TileStore tiles) {
    this.directory = directory;
    this.lock = lock;
    this.segments = segments;
    this.hashes = hashes;
    this.tiles = tiles;
  }

  /**
   * Opens or creates the log in a directory.
   *
   * @throws LogDamagedException if it is not what its checkpoint promises; the message says what to
   *     do
   * @throws IOException if the directory cannot be read or written, or another process has it
   */
  public static EvidenceLog open(Path directory) throws IOException {
    return open(directory, SEGMENT_BYTES);
  }

  /**
   * Opens or creates the log in a directory, with segment files of a given size.
   *
   * @param segmentBytes size of new segment files, at least the largest commit group to be useful
   */
  public static EvidenceLog open(Path directory, long segmentBytes) throws IOException {
    return open(directory, segmentBytes, SegmentChannel::open);
  }

  static EvidenceLog open(Path directory, long segmentBytes, SegmentChannel.Opener opener)
      throws IOException {
    Files.createDirectories(directory);
    FileChannel lock = lock(directory.resolve("lock"));
    try {
      // the salt only keeps forged records out of crash recovery: no caller has to choose it
      Segments segments =
          Segments.open(
              directory.resolve("segments"), segmentBytes, opener, new SecureRandom()::nextLong);
      try {
        return recover(directory, lock, segments);
      } catch (IOException | RuntimeException e) {
        segments.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException(file + ": this process has the log open already", e);
    }
    channel.close();
    throw new IOException(
        file + ": another process has the log open, a gateway that runs: stop it first");
  }

  private static EvidenceLog recover(Path directory, FileChannel lock, Segments segments)
      throws IOException {
    TileStore tiles = new TileStore(directory, segments);
    Optional<SignedNote> stored;
    Checkpoint head;
    try {
      stored = tiles.checkpoint();
      head =
          stored.isPresent()
              ? Checkpoint.parse(stored.get().text())
              : new Checkpoint("none", 0, MerkleTree.emptyRoot());
    } catch (MalformedException e) {
      throw new LogDamagedException(
          directory.resolve("checkpoint")
              + ": "
              + e.getMessage()
              + "; restore it from a backup or the mirror");
    }
    if (head.size() > segments.size()) {
      throw new LogDamagedException(
          directory
              + ": the checkpoint covers "
              + head.size()
              + " leaves, but the segments hold "
              + segments.size()
              + "; leaves were lost: restore the segments from a backup or the mirror");
    }
    EvidenceLog log =
        new EvidenceLog(directory, lock, segments, hashes(directory, segments, tiles, head), tiles);
    log.checkpoint = stored.orElse(null);
    log.checkpointSize = head.size();
    return log;
  }

  /**
   * Returns hashes that give the checkpoint's root: the tiles as far as they are sound, and the
   * leaves after them; from the first leaf if need be.
   */
  private static TreeHashes hashes(
      Path directory, Segments segments, TileStore tiles, Checkpoint head) throws IOException {
    long size = segments.size();
    long from = wholeTiles(Math.min(segments.lastSegment(), head.size()));
    while (true) {
      Optional<TreeHashes> taken =
          from == 0
              ? Optional.of(new TreeHashes(tiles))
              : TreeHashes.of(tiles, tiles, from, head.size());
      if (taken.isPresent()) {
        TreeHashes hashes = taken.get();
        for (long index = from; index < size; index++) {
          hashes.append(segments.read(index));
        }
        hashes.publish();
        if (hashes.root(head.size()).equals(head.root())) {
          int mended = tiles.mend(hashes, from, head.size());
          if (mended > 0) {
            LOG.warn("event=log.tiles-mended directory={} files={}", directory, mended);
          }
          hashes.stored(head.size());
          return hashes;
        }
      }
      if (from == 0) {
        throw new LogDamagedException(
            directory
                + ": the leaves do not give the checkpoint's root at size "
                + head.size()
                + "; a leaf was changed: restore the segments from a backup or the mirror, and keep"
                + " this directory as evidence");
      }
      LOG.warn(
          "event=log.tiles-unsound directory={} leaf={} action=\"hashing more leaves again\"",
          directory,
          from);
      from = wholeTiles(Math.max(0, size - 8 * (size - from)));
    }
  }

  private static long wholeTiles(long size) {
    return size / TilePath.FULL * TilePath.FULL;
  }

  /**
   * Appends leaves as one commit group and returns the index of the first. On return all of them
   * are on disk and visible.
   *
   * @param leaves each 1 to {@link #MAX_LEAF_LENGTH} bytes; not changed afterwards
   * @throws LogFailedException if the disk failed: acknowledge nothing and stop
   */
  public long append(List<byte[]> leaves) {
    for (byte[] leaf : leaves) {
      if (leaf.length == 0 || leaf.length > MAX_LEAF_LENGTH) {
        throw new IllegalArgumentException("a leaf of " + leaf.length + " bytes");
      }
    }
    if (leaves.isEmpty()) {
      return size();
    }
    long first = segments.append(leaves);
    leaves.forEach(hashes::append);
    hashes.publish();
    return first;
  }

  /** Returns the number of leaves on disk. */
  @Override
  public long size() {
    return hashes.size();
  }

  /** Returns the root of all leaves on disk. */
  public Hash root() {
    return root(size());
  }

  /** Returns the root of the first {@code size} leaves. */
  @Override
  public Hash root(long size) {
    return hashes.root(size);
  }

  /** Returns the hashes of all full subtrees of the leaves on disk, for proofs of any size. */
  public MerkleTree.Nodes nodes() {
    return hashes;
  }

  /** Returns the encoded leaf; reads the disk. */
  public byte[] leaf(long index) {
    return segments.read(index);
  }

  /** Returns the encoded leaves of {@code [from, to)}; reads the disk. */
  public List<byte[]> entries(long from, long to) {
    List<byte[]> entries = new ArrayList<>((int) (to - from));
    for (long index = from; index < to; index++) {
      entries.add(segments.read(index));
    }
    return entries;
  }

  /**
   * Publishes a checkpoint: its tiles, then itself, on disk when the call returns. The same size
   * may be published again with more signatures, a smaller one never.
   *
   * @throws IllegalArgumentException if its root is not this log's at its size
   * @throws LogFailedException if the disk failed
   */
  public void publish(SignedNote note) {
    Checkpoint head = Checkpoint.parse(note.text());
    if (head.size() < checkpointSize || head.size() > size()) {
      throw new IllegalArgumentException(
          "a checkpoint of "
              + head.size()
              + " leaves, after one of "
              + checkpointSize
              + ", in a log of "
              + size());
    }
    if (!root(head.size()).equals(head.root())) {
      throw new IllegalArgumentException(
          "the root of " + head.size() + " leaves is not " + head.root());
    }
    try {
      tiles.publish(hashes, note, head.size());
    } catch (IOException e) {
      throw new LogFailedException("publishing a checkpoint in " + directory + " failed", e);
    }
    checkpoint = note;
    checkpointSize = head.size();
    hashes.stored(head.size());
  }

  /**
   * Reads the 256 leaves of a full tile within the checkpoint again, compares them with what was
   * signed and mends the files derived from them; returns how many had to be written.
   *
   * @throws LogDamagedException if the leaves are no longer those of the tree
   */
  public int scrub(long tile) throws IOException {
    if (tile < 0 || (tile + 1) * TilePath.FULL > checkpointSize) {
      throw new IndexOutOfBoundsException("tile " + tile + " of " + checkpointSize + " leaves");
    }
    return tiles.scrub(tile, hashes.node(8, tile));
  }

  /** Returns the newest published checkpoint. */
  public Optional<SignedNote> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  /** Returns the size of the newest published checkpoint, 0 if there is none. */
  public long publishedSize() {
    return checkpointSize;
  }

  /**
   * Returns a tile or an entry bundle within the published checkpoint, partial ones of any width up
   * to what it holds; empty if there is no such tile. Reads the disk for bundles.
   */
  public Optional<byte[]> tile(TilePath path) {
    int level = Math.max(path.level(), 0);
    if (level >= TreeHashes.LEVELS
        || path.width() > TreeHashes.width(level, path.index(), checkpointSize)) {
      return Optional.empty();
    }
    return Optional.of(tiles.content(hashes, path));
  }

  @Override
  public void close() throws IOException {
    segments.close();
    lock.close();
  }
}

package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.EntryBundle;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TilePath;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A log at the size of one checkpoint. Its partial tiles are read when it is taken, since a running
 * gateway replaces them; full tiles stay. Thread-safe.
 */
final class LogSnapshot {
  private static final int MOST_ATTEMPTS = 50;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final LogSource source;
  private final SignedNote note;
  private final Checkpoint head;
  private final Map<TilePath, byte[]> edge;

  private LogSnapshot(
      LogSource source, SignedNote note, Checkpoint head, Map<TilePath, byte[]> edge) {
    this.source = source;
    this.note = note;
    this.head = head;
    this.edge = Map.copyOf(edge);
  }

  /**
   * Takes the newest checkpoint and its partial tiles.
   *
   * @param wanted says if a checkpoint carries all signatures one hopes for
   * @param patience how long to wait for one of a live log; the newest is taken afterwards
   * @throws IOException if there is no checkpoint to read
   * @throws io.tracegram.ledger.evidence.cbor.MalformedException if it is none
   */
  static LogSnapshot take(LogSource source, Predicate<SignedNote> wanted, Duration patience)
      throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    LogSnapshot snapshot = of(source, source.checkpoint());
    for (int attempt = 0; source.isLive(); attempt++) {
      boolean late = System.nanoTime() > deadline;
      if (snapshot.isWhole() && (late || wanted.test(snapshot.note))) {
        return snapshot;
      }
      if (late && attempt >= MOST_ATTEMPTS) {
        return snapshot;
      }
      pause();
      String newest = source.checkpoint();
      if (!newest.equals(snapshot.note.format())) {
        snapshot = of(source, newest);
      } else if (late) {
        return snapshot;
      }
    }
    return snapshot;
  }

  private static LogSnapshot of(LogSource source, String checkpoint) {
    SignedNote note = SignedNote.parse(checkpoint);
    Checkpoint head = Checkpoint.parse(note.text());
    Map<TilePath, byte[]> edge = new HashMap<>();
    try {
      for (TilePath path : partial(head.size())) {
        Optional<byte[]> bytes = source.tile(path);
        bytes.ifPresent(content -> edge.put(path, content));
      }
    } catch (IOException | MalformedException e) {
      // whoever needs the tile is told again, with its place
      return new LogSnapshot(source, note, head, edge);
    }
    return new LogSnapshot(source, note, head, edge);
  }

  /** Lists the partial tiles and the partial bundle of a log. */
  private static List<TilePath> partial(long size) {
    List<TilePath> paths = new ArrayList<>();
    for (int level = TilePath.ENTRIES; level < 8; level++) {
      long index = (size >>> (8 * Math.max(level, 0))) / TilePath.FULL;
      int width = TileLimits.width(level, index, size);
      if (width > 0) {
        paths.add(new TilePath(level, index, width));
      }
    }
    return paths;
  }

  private boolean isWhole() {
    return partial(head.size()).stream().allMatch(edge::containsKey);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a checkpoint", e);
    }
  }

  SignedNote note() {
    return note;
  }

  Checkpoint head() {
    return head;
  }

  LogSource source() {
    return source;
  }

  /** Returns the bundle of this index as wide as this log has it. */
  TilePath bundle(long index) {
    return new TilePath(
        TilePath.ENTRIES, index, TileLimits.width(TilePath.ENTRIES, index, head.size()));
  }

  /**
   * Returns a tile or bundle of this log as it stands under its name, else cut from the full one:
   * tlog-tiles lets a partial one be deleted once the full one is there.
   */
  Optional<byte[]> tile(TilePath path) throws IOException {
    Optional<byte[]> exact = Optional.ofNullable(edge.get(path));
    if (exact.isEmpty()) {
      exact = source.tile(path);
    }
    if (exact.isPresent() || path.isFull()) {
      return exact;
    }
    return source
        .tile(new TilePath(path.level(), path.index(), TilePath.FULL))
        .map(full -> cut(full, path));
  }

  private static byte[] cut(byte[] full, TilePath path) {
    if (path.level() != TilePath.ENTRIES) {
      return Arrays.copyOf(full, Math.min(full.length, path.width() * Hash.LENGTH));
    }
    List<byte[]> entries = BundleBytes.split(full, TilePath.FULL).entries();
    return EntryBundle.encode(entries.subList(0, Math.min(entries.size(), path.width())));
  }
}

package io.tracegram.cloud.mirror;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Frontier;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.ledger.evidence.replication.EntryPackage;
import io.tracegram.ledger.evidence.replication.MirrorInfo;
import io.tracegram.ledger.evidence.replication.PackageRange;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.runtime.cosign.Cosignatures;
import io.tracegram.runtime.cosign.Cosigner;
import io.tracegram.runtime.cosign.WitnessedCheckpoint;
import io.tracegram.runtime.log.EvidenceLog;
import io.tracegram.runtime.log.SnapshotFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The copy of one log. Its entries may be ahead of its checkpoint: those are the pending entries of
 * tlog-mirror, each proven to be part of a pending checkpoint. Thread-safe; blocks on the disk.
 */
public final class MirroredLog implements SnapshotFile.History, AutoCloseable {
  /** How many of the last pending checkpoints are accepted as an upload's end. */
  static final int PENDING_KEPT = 32;

  /** How many entries a client may send again. */
  static final int MAX_EXCESS = TilePath.FULL;

  private final NoteKey key;
  private final List<NoteKey> signers;
  private final Cosigner mirror;
  private final EvidenceLog log;
  private final WitnessedCheckpoint witnessed;
  private final TreeMap<Long, SignedNote> pending = new TreeMap<>();

  /**
   * Continues a copy.
   *
   * @param signers all whose signatures are kept on a checkpoint: the log, the mirror, witnesses
   * @param newestPending as the guard has it on disk
   * @param witnessed the newest checkpoint of this log that met the policy
   */
  MirroredLog(
      NoteKey key,
      List<NoteKey> signers,
      Cosigner mirror,
      EvidenceLog log,
      Optional<SignedNote> newestPending,
      WitnessedCheckpoint witnessed) {
    this.key = key;
    this.signers = List.copyOf(signers);
    this.mirror = mirror;
    this.log = log;
    this.witnessed = witnessed;
    log.checkpoint().ifPresent(note -> pending.put(sizeOf(note), note));
    newestPending.ifPresent(note -> pending.put(sizeOf(note), note));
  }

  public String origin() {
    return key.name();
  }

  public NoteKey key() {
    return key;
  }

  /** Returns the newest checkpoint the mirror vouches for, with all known cosignatures. */
  public Optional<SignedNote> checkpoint() {
    return log.checkpoint();
  }

  /** Returns the size of that checkpoint: every entry below it is on disk. */
  @Override
  public long size() {
    return log.publishedSize();
  }

  /** Returns the root of the first {@code size} entries. */
  @Override
  public Hash root(long size) {
    return log.root(size);
  }

  /** Returns when an upload was last completed, which is when the mirror cosigned. */
  public Optional<Instant> lastUpload() {
    return log.checkpoint().stream()
        .flatMapToLong(note -> note.cosignedAt(mirror.key()).stream())
        .mapToObj(Instant::ofEpochSecond)
        .findFirst();
  }

  /** Returns the entries of {@code [from, to)}, {@code to} at most {@link #size}. */
  public List<byte[]> entries(long from, long to) {
    return log.entries(from, to);
  }

  /** Returns the newest checkpoint that met the policy, across restarts. */
  public WitnessedCheckpoint witnessed() {
    return witnessed;
  }

  /** Returns the checkpoint that proves an entry: the witnessed one, or the newest before that. */
  public Optional<SignedNote> proving(long index) {
    return witnessed.newest().filter(note -> sizeOf(note) > index).or(this::checkpoint);
  }

  /** Proves an entry below {@link #size} against the checkpoint that says most of it. */
  public TlogProof prove(long index) {
    SignedNote note = proving(index).orElseThrow();
    return new TlogProof(index, MerkleTree.inclusionProof(log.nodes(), index, sizeOf(note)), note);
  }

  Optional<byte[]> tile(TilePath path) {
    return log.tile(path);
  }

  /** Remembers a checkpoint that the guard accepted; adds its cosignatures to an equal one. */
  synchronized void pend(SignedNote note) {
    pending.put(sizeOf(note), note);
    while (pending.size() > PENDING_KEPT) {
      pending.pollFirstEntry();
    }
    Optional<SignedNote> published = log.checkpoint();
    if (published.isPresent() && published.get().text().equals(note.text())) {
      SignedNote merged = Cosignatures.newest(signers, published.get(), note);
      if (!merged.equals(published.get())) {
        log.publish(merged);
        witnessed.offer(merged);
      }
    }
  }

  /** Checks an upload's bounds; returns why it cannot begin. */
  synchronized Optional<UploadAnswer> begin(long uploadStart, long uploadEnd) {
    if (pending.isEmpty()) {
      return Optional.of(new UploadAnswer.Unproven("no checkpoint of " + origin() + " is pending"));
    }
    if (pending(uploadEnd).isEmpty() || uploadEnd < log.publishedSize()) {
      return Optional.of(new UploadAnswer.Conflict(info(pending.lastKey())));
    }
    long excess = Math.min(uploadEnd, log.size()) - uploadStart;
    if (uploadStart > log.size() || excess > MAX_EXCESS) {
      return Optional.of(new UploadAnswer.Conflict(info(uploadEnd)));
    }
    return Optional.empty();
  }

  /**
   * Says whether a package's entries, with those before them in the same bundle, are part of the
   * pending checkpoint of that size; false also when that checkpoint is no longer kept.
   */
  boolean proves(PackageRange range, EntryPackage entries, long uploadEnd) {
    Optional<SignedNote> note = pending(uploadEnd);
    // attacker: entries that no log of ours can hold
    if (note.isEmpty() || entries.entries().stream().anyMatch(entry -> entry.length == 0)) {
      return false;
    }
    Frontier bundle = new Frontier();
    for (long index = range.subtreeStart(); index < range.start(); index++) {
      bundle.append(log.nodes().node(0, index));
    }
    entries.entries().forEach(entry -> bundle.append(MerkleTree.leafHash(entry)));
    Hash root = Checkpoint.parse(note.get().text()).root();
    return MerkleTree.verifySubtree(
        bundle.root(), range.subtreeStart(), range.end(), uploadEnd, entries.proof(), root);
  }

  /** Stores proven entries that are not here yet; on disk when this returns. */
  synchronized void append(long start, List<byte[]> entries) {
    int known = (int) Math.min(entries.size(), log.size() - start);
    if (known < entries.size()) {
      log.append(new ArrayList<>(entries.subList(known, entries.size())));
    }
  }

  /**
   * Ends an upload: vouches for its checkpoint if every entry is here, else says how to go on. The
   * cosigned checkpoint is on disk when this returns.
   */
  synchronized UploadAnswer complete(long uploadEnd) {
    if (log.size() < uploadEnd) {
      return new UploadAnswer.Continue(info(uploadEnd));
    }
    Optional<SignedNote> note = pending(uploadEnd);
    if (uploadEnd < log.publishedSize() || note.isEmpty()) {
      return new UploadAnswer.Conflict(info(pending.lastKey()));
    }
    SignedNote.Signature cosignature = mirror.cosign(note.get().text());
    SignedNote cosigned = note.get().with(cosignature);
    SignedNote merged =
        log.checkpoint()
            .map(published -> Cosignatures.newest(signers, cosigned, published))
            .orElseGet(() -> Cosignatures.newest(signers, cosigned));
    log.publish(merged);
    witnessed.offer(merged);
    return new UploadAnswer.Completed(cosignature);
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private synchronized Optional<SignedNote> pending(long size) {
    return Optional.ofNullable(pending.get(size))
        .or(() -> log.checkpoint().filter(published -> sizeOf(published) == size));
  }

  private MirrorInfo info(long pendingSize) {
    return new MirrorInfo(pendingSize, log.size(), Content.of(new byte[0]));
  }

  private static long sizeOf(SignedNote note) {
    return Checkpoint.parse(note.text()).size();
  }
}

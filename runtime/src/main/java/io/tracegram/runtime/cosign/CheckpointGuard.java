package io.tracegram.runtime.cosign;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.replication.AddCheckpointRequest;
import io.tracegram.ledger.evidence.replication.OriginHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Knows the newest checkpoint of each configured log and accepts only what continues it. Thread-safe;
 * blocks on the disk, so never call it on an event loop.
 */
public final class CheckpointGuard {
  private final Map<String, Log> logs = new HashMap<>();
  private final Optional<Cosigner> cosigner;

  /**
   * Loads what was accepted before.
   *
   * @param directory of this guard alone; one file per log
   * @param keys of the logs it watches, one per origin
   * @param cosigner whose cosignature is stored and answered with each accepted checkpoint
   * @throws IOException if a stored checkpoint cannot be read, or is not its log's
   */
  public CheckpointGuard(Path directory, Collection<NoteKey> keys, Optional<Cosigner> cosigner)
      throws IOException {
    this.cosigner = cosigner;
    for (NoteKey key : keys) {
      Path file = directory.resolve(OriginHash.of(key.name())).resolve("checkpoint");
      if (logs.put(key.name(), Log.load(key, file)) != null) {
        throw new IllegalArgumentException("two keys for the log " + key.name());
      }
    }
  }

  /** Decides on the body of an {@code add-checkpoint} request. */
  public Decision offer(String body) {
    AddCheckpointRequest request;
    Checkpoint offered;
    try {
      request = AddCheckpointRequest.parse(body);
      offered = Checkpoint.parse(request.note().text());
    } catch (MalformedException e) {
      return new Decision.Malformed(String.valueOf(e.getMessage()));
    }
    Log log = logs.get(offered.origin());
    return log == null
        ? new Decision.UnknownLog("no log " + offered.origin() + " is configured here")
        : log.offer(request, offered, cosigner);
  }

  /** Returns the newest accepted checkpoint as it is on disk; empty if none, or no such log. */
  public Optional<SignedNote> newest(String origin) {
    Log log = logs.get(origin);
    return log == null ? Optional.empty() : log.newest();
  }

  /** Finds the origin of a configured log by its {@link OriginHash}. */
  public Optional<String> originOf(String hash) {
    return logs.keySet().stream().filter(origin -> OriginHash.of(origin).equals(hash)).findFirst();
  }

  private static final class Log {
    private final NoteKey key;
    private final NoteFile file;
    private Optional<SignedNote> newest;
    private long size;
    private Hash root;

    private Log(NoteKey key, NoteFile file, Optional<SignedNote> newest) {
      this.key = key;
      this.file = file;
      this.newest = newest;
      this.size = 0;
      this.root = MerkleTree.emptyRoot();
      newest.ifPresent(this::know);
    }

    static Log load(NoteKey key, Path path) throws IOException {
      NoteFile file = new NoteFile(path);
      Optional<SignedNote> stored = file.read();
      if (stored.isPresent() && !stored.get().isSignedBy(key)) {
        throw new IOException(
            path + " is not signed by " + key.vkey() + ": was the log's key changed by mistake?");
      }
      try {
        return new Log(key, file, stored);
      } catch (MalformedException e) {
        throw new IOException(path + " holds no checkpoint: restore it from a backup", e);
      }
    }

    synchronized Optional<SignedNote> newest() {
      return newest;
    }

    /** Checks in the order of tlog-witness; check, disk and memory change are one step. */
    synchronized Decision offer(
        AddCheckpointRequest request, Checkpoint offered, Optional<Cosigner> cosigner) {
      if (!request.note().isSignedBy(key)) {
        return new Decision.NotSigned("not signed by the key of " + key.name());
      }
      if (request.oldSize() > offered.size()) {
        return new Decision.Malformed("the old size is above the checkpoint's");
      }
      if (request.oldSize() != size) {
        return new Decision.Conflict(size);
      }
      if (!MerkleTree.verifyConsistency(
          size, root, offered.size(), request.proof(), offered.root())) {
        return new Decision.Inconsistent(
            "not shown to continue the tree of size " + size + " that is known here");
      }
      SignedNote accepted = withOnlyTheLogsSignature(request.note());
      if (cosigner.isPresent()) {
        accepted = accepted.with(cosigner.get().cosign(accepted.text()));
      }
      try {
        file.replace(accepted);
      } catch (IOException e) {
        throw new UncheckedIOException("checkpoint of " + key.name() + " not stored", e);
      }
      know(accepted);
      return new Decision.Accepted(offered, accepted);
    }

    private void know(SignedNote note) {
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      newest = Optional.of(note);
      size = checkpoint.size();
      root = checkpoint.root();
    }

    /** Signatures of unknown keys are ignored, and not kept for others to see in our name. */
    private SignedNote withOnlyTheLogsSignature(SignedNote note) {
      List<SignedNote.Signature> own = new ArrayList<>();
      for (SignedNote.Signature signature : note.signatures()) {
        if (own.isEmpty()
            && new SignedNote(note.text(), List.of(signature)).isSignedBy(key)) {
          own.add(signature);
        }
      }
      return new SignedNote(note.text(), own);
    }
  }
}

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
 * Knows the newest checkpoint of each configured log and accepts only what continues it.
 * Thread-safe; blocks on the disk, so never call it on an event loop.
 */
public final class CheckpointGuard {
  private final Map<String, Log> logs = new HashMap<>();

  /**
   * Loads what was accepted before.
   *
   * @param directory of this guard alone; one file per log
   * @param keys of the logs it watches, one per origin
   * @param known cosigners whose cosignatures are kept with a checkpoint if it carries them
   * @param own whose cosignatures are stored and answered with each accepted checkpoint
   * @throws IOException if a stored checkpoint cannot be read, or is not its log's
   */
  public CheckpointGuard(
      Path directory, Collection<NoteKey> keys, List<NoteKey> known, List<Cosigner> own)
      throws IOException {
    for (NoteKey key : keys) {
      Path file = directory.resolve(OriginHash.of(key.name())).resolve("checkpoint");
      List<NoteKey> kept = new ArrayList<>();
      kept.add(key);
      own.forEach(cosigner -> kept.add(cosigner.key()));
      kept.addAll(known);
      if (logs.put(key.name(), Log.load(key, kept, own, file)) != null) {
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
        : log.offer(request, offered);
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
    private final List<NoteKey> kept;
    private final List<Cosigner> own;
    private final NoteFile file;
    private Optional<SignedNote> newest = Optional.empty();
    private long size = 0;
    private Hash root = MerkleTree.emptyRoot();

    private Log(NoteKey key, List<NoteKey> kept, List<Cosigner> own, NoteFile file) {
      this.key = key;
      this.kept = kept;
      this.own = List.copyOf(own);
      this.file = file;
    }

    static Log load(NoteKey key, List<NoteKey> kept, List<Cosigner> own, Path path)
        throws IOException {
      Log log = new Log(key, kept, own, new NoteFile(path));
      Optional<SignedNote> stored = log.file.read();
      if (stored.isPresent() && !stored.get().isSignedBy(key)) {
        throw new IOException(
            path + " is not signed by " + key.vkey() + ": was the log's key changed by mistake?");
      }
      try {
        stored.ifPresent(log::know);
      } catch (MalformedException e) {
        throw new IOException(path + " holds no checkpoint: restore it from a backup", e);
      }
      return log;
    }

    synchronized Optional<SignedNote> newest() {
      return newest;
    }

    /** Checks in the order of tlog-witness; check, disk and memory change are one step. */
    synchronized Decision offer(AddCheckpointRequest request, Checkpoint offered) {
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
            "not shown to continue the tree of size " + size + " that is known here", newest);
      }
      SignedNote accepted =
          newest
              .map(note -> Cosignatures.newest(kept, request.note(), note))
              .orElseGet(() -> Cosignatures.newest(kept, request.note()));
      StringBuilder answer = new StringBuilder();
      for (Cosigner cosigner : own) {
        SignedNote.Signature cosignature = cosigner.cosign(accepted.text());
        accepted = Cosignatures.newest(kept, accepted.with(cosignature));
        answer.append(cosignature.line());
      }
      try {
        file.replace(accepted);
      } catch (IOException e) {
        throw new UncheckedIOException("checkpoint of " + key.name() + " not stored", e);
      }
      know(accepted);
      return new Decision.Accepted(offered, accepted, answer.toString());
    }

    private void know(SignedNote note) {
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      newest = Optional.of(note);
      size = checkpoint.size();
      root = checkpoint.root();
    }
  }
}

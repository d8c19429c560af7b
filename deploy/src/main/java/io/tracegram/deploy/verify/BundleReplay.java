package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.verification.Finding;
import io.tracegram.ledger.verification.LeafCheck;
import io.tracegram.ledger.verification.LogReplay;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings a log's bundles through tree check and replay: reading, hashing and signatures on all
 * cores, the replay in log order on the caller's thread. Single use.
 */
final class BundleReplay {
  private final LogSnapshot log;
  private final LogReplay replay;
  private final TreeCheck tree;
  private final SignatureRule signatures;
  private final VerifyProgress progress;
  private final Map<Hash, PublicKey> keys = new ConcurrentHashMap<>();
  private Optional<Finding> first = Optional.empty();
  private boolean complete = true;

  /** What can be known of a bundle before those in front of it. */
  private record Ready(CheckedBundle bundle, Hash root, List<LeafCheck> leaves) {}

  BundleReplay(
      LogSnapshot log,
      LogReplay replay,
      TreeCheck tree,
      SignatureRule signatures,
      VerifyProgress progress) {
    this.log = log;
    this.replay = replay;
    this.tree = tree;
    this.signatures = signatures;
    this.progress = progress;
  }

  /** Reads and replays all bundles; returns the first leaf that is wrong by itself. */
  Optional<Finding> run() throws IOException {
    long size = log.head().size();
    long bundles = Math.ceilDiv(size, TilePath.FULL);
    try (OrderedWork<Ready> work =
        new OrderedWork<>(this::prepare, bundles, Runtime.getRuntime().availableProcessors())) {
      // the first bundle holds the keys with which the next ones are checked
      for (boolean begun = false; work.hasNext(); begun = true) {
        Ready ready = begun ? work.take() : work.first();
        tree.add(ready.bundle, ready.root);
        replay(ready);
        progress.reached(Math.min(size, ready.bundle.first() + TilePath.FULL), size);
        if (ready.bundle.unreadable() || tree.isHopeless()) {
          complete = complete && !work.hasNext();
          return first;
        }
      }
    }
    return first;
  }

  /** Says whether every bundle was read, and every leaf replayed unless one was found wrong. */
  boolean complete() {
    return complete;
  }

  private Ready prepare(long index) {
    CheckedBundle bundle = CheckedBundle.read(log, index);
    boolean full = bundle.bundle().isFull() && bundle.defect().isEmpty();
    return new Ready(
        bundle,
        full ? TileTree.rootOf(bundle.hashes()) : Hash.ZERO,
        bundle.entries().stream().map(this::check).toList());
  }

  private LeafCheck check(byte[] entry) {
    return switch (signatures) {
      case CHECKED -> LeafCheck.of(entry, keyId -> Optional.ofNullable(keys.get(keyId)));
      case BELIEVED ->
          LeafCheck.of(entry) instanceof LeafCheck.WellFormed(Leaf leaf, Optional<PublicKey> _)
              ? new LeafCheck.WellFormed(
                  leaf, Optional.ofNullable(keys.get(leaf.statement().keyId())))
              : LeafCheck.of(entry);
    };
  }

  private void replay(Ready ready) {
    for (int i = 0; i < ready.leaves.size() && first.isEmpty() && complete; i++) {
      LeafCheck leaf = ready.leaves.get(i);
      first = replay.next(leaf).map(found -> found.in(ready.bundle.bundle().toString()));
      if (first.isEmpty()
          && leaf instanceof LeafCheck.WellFormed(Leaf said, Optional<PublicKey> _)
          && said.statement().statement().body() instanceof Body.KeyRegistered registered) {
        keys.put(registered.key().keyId(), registered.key());
      }
    }
    // what follows a bundle that is not whole cannot be replayed
    complete = complete && ready.bundle.defect().isEmpty();
  }
}

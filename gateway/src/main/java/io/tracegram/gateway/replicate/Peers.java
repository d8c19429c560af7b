package io.tracegram.gateway.replicate;

import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.runtime.cosign.Cosignatures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mirror and the witnesses, how far each of them is, and the checkpoint that all are asked to
 * cosign now: if each took the newest one of its own moment, no checkpoint of a busy log would ever
 * carry two cosignatures. Guarded by the replicator.
 */
final class Peers {
  /** Rounds are no shorter, so that a busy log does not keep its peers busy. */
  private static final Duration SHORTEST = Duration.ofMillis(500);

  /** A slow peer does not hold up the others for longer. */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private static final int COLLECTED = 8;

  private final List<NoteKey> logKeys;
  private final Map<Peer, PeerProgress> peers = new LinkedHashMap<>();
  private final Map<String, SignedNote> collected = new LinkedHashMap<>();
  private @Nullable SignedNote target;
  private long began;
  private long refused;

  /**
   * @param published what the log has published before, with its cosignatures
   */
  Peers(List<NoteKey> logKeys, List<Peer> all, Optional<SignedNote> published) {
    this.logKeys = List.copyOf(logKeys);
    published.ifPresent(this::keep);
    for (Peer peer : all) {
      PeerProgress progress = new PeerProgress();
      published
          .filter(note -> note.cosignedAt(peer.key()).isPresent())
          .ifPresent(note -> progress.size = sizeOf(note));
      peers.put(peer, progress);
    }
  }

  List<Peer> all() {
    return List.copyOf(peers.keySet());
  }

  PeerProgress progress(Peer peer) {
    return Objects.requireNonNull(peers.get(peer));
  }

  /** Returns what a peer is to be offered now; empty if it has cosigned this round's checkpoint. */
  Optional<SignedNote> next(Peer peer, SignedNote published) {
    if (mayBegin(published)) {
      target = published;
      began = System.nanoTime();
    }
    return Optional.ofNullable(target)
        .filter(current -> !isDone(peer, current))
        .map(current -> offer(peer, current));
  }

  /** Returns how long a new round must wait, in ms; 0 if only a new checkpoint brings one. */
  long waitMillis(SignedNote published) {
    if (target == null || target.text().equals(published.text())) {
      return 0;
    }
    long age = System.nanoTime() - began;
    long left = (age < SHORTEST.toNanos() ? SHORTEST : LONGEST).toNanos() - age;
    return Math.max(1, left / 1_000_000);
  }

  private boolean mayBegin(SignedNote published) {
    SignedNote current = target;
    if (current == null) {
      return true;
    }
    if (current.text().equals(published.text())) {
      return false;
    }
    long age = System.nanoTime() - began;
    return age >= LONGEST.toNanos()
        || (age >= SHORTEST.toNanos()
            && peers.keySet().stream()
                .allMatch(each -> isDone(each, current) || progress(each).error.isPresent()));
  }

  /** Says whether a peer has cosigned a checkpoint and knows what it is to know of it. */
  boolean isDone(Peer peer, SignedNote checkpoint) {
    return offer(peer, checkpoint).equals(progress(peer).delivered);
  }

  private SignedNote offer(Peer peer, SignedNote checkpoint) {
    List<NoteKey> carried = new ArrayList<>(logKeys);
    if (peer.takesCosignatures()) {
      peers.keySet().stream()
          .filter(other -> !other.takesCosignatures())
          .forEach(witness -> carried.add(witness.key()));
    }
    return Cosignatures.newest(
        carried, checkpoint, collected.getOrDefault(checkpoint.text(), checkpoint));
  }

  /** Adds a verified cosignature; returns the checkpoint with all it has so far. */
  SignedNote collect(SignedNote offered, SignedNote.Signature signature) {
    List<NoteKey> signers = new ArrayList<>(logKeys);
    peers.keySet().forEach(peer -> signers.add(peer.key()));
    SignedNote before = collected.getOrDefault(offered.text(), offered);
    SignedNote merged = Cosignatures.newest(signers, offered.with(signature), before);
    keep(merged);
    return merged;
  }

  private void keep(SignedNote note) {
    collected.remove(note.text());
    collected.put(note.text(), note);
    if (collected.size() > COLLECTED) {
      collected.remove(collected.keySet().iterator().next());
    }
  }

  /** Notes that a peer has cosigned; returns whether something had gone wrong with it. */
  boolean delivered(Peer peer, SignedNote offered) {
    PeerProgress progress = progress(peer);
    boolean recovered = progress.error.isPresent();
    progress.delivered = offered;
    progress.size = Math.max(progress.size, sizeOf(offered));
    progress.recovered();
    return recovered;
  }

  /** Notes a claim that was not verified; returns whether it is the first of a row. */
  boolean doubted(Peer peer, String reason, Instant now) {
    PeerProgress progress = progress(peer);
    boolean first = !progress.doubted;
    refused++;
    progress.doubted(reason, now);
    return first;
  }

  ReplicationStatus status(boolean stopped) {
    long mirrored = 0;
    long witnessed = Long.MAX_VALUE;
    Optional<PeerProgress> failing = Optional.empty();
    List<ReplicationStatus.Doubt> doubts = new ArrayList<>();
    for (Map.Entry<Peer, PeerProgress> entry : peers.entrySet()) {
      PeerProgress progress = entry.getValue();
      if (entry.getKey().takesCosignatures()) {
        mirrored = progress.size;
      } else {
        witnessed = Math.min(witnessed, progress.size);
      }
      if (progress.doubted) {
        doubts.add(
            new ReplicationStatus.Doubt(
                entry.getKey().key().name(),
                progress.error.orElse(""),
                progress.since.orElse(Instant.EPOCH),
                progress.doubts));
      } else if (failing.isEmpty() && progress.error.isPresent()) {
        failing = Optional.of(progress);
      }
    }
    return new ReplicationStatus(
        mirrored,
        witnessed == Long.MAX_VALUE ? 0 : witnessed,
        failing.flatMap(progress -> progress.error),
        failing.flatMap(progress -> progress.since),
        doubts,
        refused,
        stopped);
  }

  private static long sizeOf(SignedNote note) {
    return Checkpoint.parse(note.text()).size();
  }
}

package io.tracegram.gateway.replicate;

import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.runtime.cosign.Cosignatures;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each published checkpoint to the mirror and the witnesses, one virtual thread for each,
 * and hands their verified cosignatures back. Thread-safe.
 */
public final class Replicator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replicator.class);
  private static final Duration ROUND = Duration.ofMillis(500);

  private final EvidenceLog log;
  private final Configuration configuration;
  private final Clock clock;
  private final RandomGenerator random;
  private final Callbacks callbacks;
  private final Transport transport = new Transport();
  private final Map<Peer, PeerProgress> peers = new LinkedHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private Optional<SignedNote> collected;
  private boolean closed;
  private boolean stopped;

  /** A mirror or a witness. */
  public record Cosigner(URI url, NoteKey key) {}

  /**
   * To whom the log goes.
   *
   * @param logKeys verify our own checkpoints: Ed25519 first, then ML-DSA-44
   */
  public record Configuration(
      List<NoteKey> logKeys, Optional<Cosigner> mirror, List<Cosigner> witnesses) {
    public Configuration {
      logKeys = List.copyOf(logKeys);
      witnesses = List.copyOf(witnesses);
    }
  }

  /**
   * What happens with the results; called on the replicator's threads, one call at a time, without
   * a lock that {@link #published} or {@link #status} needs.
   *
   * @param cosigned takes a published checkpoint with all cosignatures it has so far; a newer one
   *     may have been published meanwhile
   * @param forked takes what a person should do, once; the gateway must sign no checkpoint any more
   */
  public record Callbacks(Consumer<SignedNote> cosigned, Consumer<String> forked) {}

  /**
   * @param random for jitter; shared by threads, so a thread-safe one
   */
  public Replicator(
      EvidenceLog log,
      Configuration configuration,
      Clock clock,
      RandomGenerator random,
      Callbacks callbacks) {
    this.log = log;
    this.configuration = configuration;
    this.clock = clock;
    this.random = random;
    this.callbacks = callbacks;
    this.collected = log.checkpoint();
    configuration
        .mirror()
        .ifPresent(mirror -> add(new MirrorClient(transport, mirror.url(), mirror.key(), log)));
    configuration
        .witnesses()
        .forEach(witness -> add(new WitnessClient(transport, witness.url(), witness.key(), log)));
  }

  private void add(Peer peer) {
    PeerProgress progress = new PeerProgress();
    if (collected.isPresent() && collected.get().cosignedAt(peer.key()).isPresent()) {
      progress.size = sizeOf(collected.get());
    }
    peers.put(peer, progress);
  }

  /** Starts the threads; what is published already is replicated at once. */
  public synchronized void start() {
    for (Peer peer : peers.keySet()) {
      threads.add(
          Thread.ofVirtual().name("replicate-" + peer.key().name()).start(() -> follow(peer)));
    }
  }

  /** Tells that a checkpoint was published; never blocks for long. */
  public synchronized void published() {
    notifyAll();
  }

  public synchronized ReplicationStatus status() {
    long mirrored = 0;
    long witnessed = Long.MAX_VALUE;
    Optional<String> error = Optional.empty();
    Optional<Instant> since = Optional.empty();
    for (Map.Entry<Peer, PeerProgress> entry : peers.entrySet()) {
      PeerProgress progress = entry.getValue();
      if (entry.getKey().takesCosignatures()) {
        mirrored = progress.size;
      } else {
        witnessed = Math.min(witnessed, progress.size);
      }
      if (error.isEmpty()) {
        error = progress.error;
        since = progress.since;
      }
    }
    return new ReplicationStatus(
        mirrored, configuration.witnesses().isEmpty() ? 0 : witnessed, error, since, stopped);
  }

  /**
   * Waits until every peer vouches for the newest published checkpoint, and the mirror has the
   * witnesses' cosignatures of it.
   *
   * @return false if they do not by then, or never will
   */
  public synchronized boolean awaitDelivered(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    long left = most.toNanos();
    while (!isDelivered() && !stopped && !closed && left > 0) {
      wait(Math.max(1, left / 1_000_000));
      left = end - System.nanoTime();
    }
    return isDelivered();
  }

  private boolean isDelivered() {
    Optional<SignedNote> published = log.checkpoint();
    return published.isEmpty()
        || peers.keySet().stream()
            .allMatch(peer -> offer(peer, published.get()).equals(progress(peer).delivered));
  }

  /** Stops; a call on its way is broken off. */
  @Override
  public void close() {
    List<Thread> running;
    synchronized (this) {
      closed = true;
      notifyAll();
      running = List.copyOf(threads);
    }
    transport.close();
    for (Thread thread : running) {
      thread.interrupt();
    }
    for (Thread thread : running) {
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void follow(Peer peer) {
    Backoff backoff = new Backoff(random);
    try {
      while (true) {
        Optional<SignedNote> offered = next(peer);
        if (offered.isEmpty()) {
          return;
        }
        try {
          SignedNote.Signature signature = peer.cosignature(offered.get());
          cosigned(peer, offered.get(), signature);
          backoff.reset();
          pause(ROUND);
        } catch (IOException e) {
          failed(peer, String.valueOf(e.getMessage()));
          pause(backoff.next());
        } catch (RuntimeException e) {
          LOG.error("event=replicate.broken peer={}", peer.key().name(), e);
          failed(peer, "the program failed: " + e);
          pause(backoff.next());
        } catch (ForkException e) {
          forked(peer, e.whatToDo());
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a checkpoint that the peer has not seen yet; empty when it is over. */
  private synchronized Optional<SignedNote> next(Peer peer) throws InterruptedException {
    while (!closed && !stopped) {
      Optional<SignedNote> published = log.checkpoint();
      if (published.isPresent()) {
        SignedNote offered = offer(peer, published.get());
        if (!offered.equals(progress(peer).delivered)) {
          return Optional.of(offered);
        }
      }
      wait();
    }
    return Optional.empty();
  }

  private SignedNote offer(Peer peer, SignedNote published) {
    List<NoteKey> carried = new ArrayList<>(configuration.logKeys());
    if (peer.takesCosignatures()) {
      configuration.witnesses().forEach(witness -> carried.add(witness.key()));
    }
    return Cosignatures.newest(carried, published, collected.orElse(published));
  }

  private void cosigned(Peer peer, SignedNote offered, SignedNote.Signature signature) {
    note(peer, offered, signature);
    synchronized (callbacks) {
      collectedFor(offered).ifPresent(callbacks.cosigned());
    }
  }

  private synchronized Optional<SignedNote> collectedFor(SignedNote offered) {
    return collected.filter(note -> note.text().equals(offered.text()));
  }

  private synchronized void note(Peer peer, SignedNote offered, SignedNote.Signature signature) {
    PeerProgress progress = progress(peer);
    progress.delivered = offered;
    progress.size = sizeOf(offered);
    if (progress.error.isPresent()) {
      LOG.info("event=replicate.recovered peer={}", peer.key().name());
    }
    progress.recovered();
    SignedNote before = collected.orElse(offered);
    if (sizeOf(before) > sizeOf(offered)) {
      return;
    }
    SignedNote cosigned = offered.with(signature);
    SignedNote merged = Cosignatures.newest(signers(), cosigned, before);
    collected = Optional.of(merged);
    notifyAll();
  }

  private synchronized void failed(Peer peer, String error) {
    PeerProgress progress = progress(peer);
    if (progress.error.isEmpty()) {
      LOG.warn("event=replicate.failed peer={} reason=\"{}\"", peer.key().name(), error);
    }
    progress.failed(error + "; it is tried again by itself", clock.instant());
  }

  private void forked(Peer peer, String whatToDo) {
    LOG.error("event=replicate.fork peer={} reason=\"{}\"", peer.key().name(), whatToDo);
    boolean first;
    synchronized (this) {
      first = !stopped;
      stopped = true;
      PeerProgress progress = progress(peer);
      progress.failed(whatToDo, clock.instant());
      notifyAll();
    }
    if (first) {
      synchronized (callbacks) {
        callbacks.forked().accept(whatToDo);
      }
    }
  }

  private synchronized void pause(Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
      wait(Math.max(1, left / 1_000_000));
    }
  }

  private List<NoteKey> signers() {
    List<NoteKey> keys = new ArrayList<>(configuration.logKeys());
    peers.keySet().forEach(peer -> keys.add(peer.key()));
    return keys;
  }

  private PeerProgress progress(Peer peer) {
    return java.util.Objects.requireNonNull(peers.get(peer));
  }

  private static long sizeOf(SignedNote note) {
    return Checkpoint.parse(note.text()).size();
  }
}

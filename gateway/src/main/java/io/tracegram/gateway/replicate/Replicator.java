package io.tracegram.gateway.replicate;

import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  private final EvidenceLog log;
  private final Clock clock;
  private final RandomGenerator random;
  private final Callbacks callbacks;
  private final Transport transport;
  private final Peers peers;
  private final List<Thread> threads = new ArrayList<>();
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
   * @param forked takes the proof, once; the gateway must sign no checkpoint any more
   */
  public record Callbacks(Consumer<SignedNote> cosigned, Consumer<ForkProof> forked) {}

  /**
   * @param random for jitter; shared by threads, so a thread-safe one
   */
  public Replicator(
      EvidenceLog log,
      Configuration configuration,
      Clock clock,
      RandomGenerator random,
      Callbacks callbacks) {
    this(log, configuration, clock, random, callbacks, new Transport());
  }

  Replicator(
      EvidenceLog log,
      Configuration configuration,
      Clock clock,
      RandomGenerator random,
      Callbacks callbacks,
      Transport transport) {
    this.log = log;
    this.clock = clock;
    this.random = random;
    this.callbacks = callbacks;
    this.transport = transport;
    List<Peer> all = new ArrayList<>();
    for (Cosigner mirror : configuration.mirror().stream().toList()) {
      ForkCheck check = new ForkCheck(transport, mirror.url(), configuration.logKeys(), log);
      all.add(new MirrorClient(transport, mirror.url(), mirror.key(), log, check));
    }
    for (Cosigner witness : configuration.witnesses()) {
      ForkCheck check = new ForkCheck(transport, witness.url(), configuration.logKeys(), log);
      all.add(new WitnessClient(transport, witness.url(), witness.key(), log, check));
    }
    this.peers = new Peers(configuration.logKeys(), all, log.checkpoint());
  }

  /** Starts the threads; what is published already is replicated at once. */
  public synchronized void start() {
    for (Peer peer : peers.all()) {
      threads.add(
          Thread.ofVirtual().name("replicate-" + peer.key().name()).start(() -> follow(peer)));
    }
  }

  /** Tells that a checkpoint was published; never blocks for long. */
  public synchronized void published() {
    notifyAll();
  }

  public synchronized ReplicationStatus status() {
    return peers.status(stopped);
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
        || peers.all().stream().allMatch(peer -> peers.isDone(peer, published.get()));
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
        if (offer(peer, offered.get())) {
          backoff.reset();
        } else {
          pause(backoff.next());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says whether the peer cosigned; if not, why not is told. */
  private boolean offer(Peer peer, SignedNote offered) throws InterruptedException {
    try {
      cosigned(peer, offered, peer.cosignature(offered));
      return true;
    } catch (IOException e) {
      failed(peer, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("event=replicate.broken peer={}", peer.key().name(), e);
      failed(peer, "the program failed: " + e);
    } catch (RefusedCosignatureException e) {
      doubted(peer, e.reason());
    } catch (ContradictionException e) {
      switch (peer.forkCheck().look(e.answer())) {
        case ForkCheck.Finding.Fork(ForkProof proof) -> forked(peer, proof);
        case ForkCheck.Finding.Unproven(String reason) ->
            doubted(peer, e.said() + ", and proves nothing: " + reason);
      }
    }
    return false;
  }

  /** Waits for a checkpoint that the peer has not seen yet; empty when it is over. */
  private synchronized Optional<SignedNote> next(Peer peer) throws InterruptedException {
    while (!closed && !stopped) {
      Optional<SignedNote> published = log.checkpoint();
      if (published.isEmpty()) {
        wait();
        continue;
      }
      Optional<SignedNote> offered = peers.next(peer, published.get());
      if (offered.isPresent()) {
        // a new round may have begun: the others are to join it
        notifyAll();
        return offered;
      }
      wait(peers.waitMillis(published.get()));
    }
    return Optional.empty();
  }

  /** Hands the cosignature on before it counts, so that what is told of a peer is kept. */
  private void cosigned(Peer peer, SignedNote offered, SignedNote.Signature signature) {
    synchronized (callbacks) {
      SignedNote merged;
      synchronized (this) {
        merged = peers.collect(offered, signature);
      }
      callbacks.cosigned().accept(merged);
    }
    synchronized (this) {
      if (peers.delivered(peer, offered)) {
        LOG.info("event=replicate.recovered peer={}", peer.key().name());
      }
      notifyAll();
    }
  }

  private synchronized void failed(Peer peer, String error) {
    PeerProgress progress = peers.progress(peer);
    if (progress.error.isEmpty()) {
      LOG.warn("event=replicate.failed peer={} reason=\"{}\"", peer.key().name(), error);
    }
    progress.failed(error + "; it is tried again by itself", clock.instant());
    notifyAll();
  }

  /** What cannot be verified changes nothing but what people are told. */
  private synchronized void doubted(Peer peer, String reason) {
    if (peers.doubted(peer, reason, clock.instant())) {
      LOG.warn("event=replicate.cosigner-lies peer={} reason=\"{}\"", peer.key().name(), reason);
    }
    notifyAll();
  }

  private void forked(Peer peer, ForkProof proof) {
    LOG.error("event=replicate.fork peer={} reason=\"{}\"", peer.key().name(), proof.whatToDo());
    boolean first;
    synchronized (this) {
      first = !stopped;
      stopped = true;
      peers.progress(peer).failed(proof.whatToDo(), clock.instant());
      notifyAll();
    }
    if (first) {
      synchronized (callbacks) {
        callbacks.forked().accept(proof);
      }
    }
  }

  private synchronized void pause(Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos();
        left > 0 && !closed && !stopped;
        left = end - System.nanoTime()) {
      wait(Math.max(1, left / 1_000_000));
    }
  }
}

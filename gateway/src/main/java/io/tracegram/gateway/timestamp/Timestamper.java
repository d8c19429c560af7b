package io.tracegram.gateway.timestamp;

import io.tracegram.gateway.problem.Counters;
import io.tracegram.gateway.problem.Problems;
import io.tracegram.gateway.problem.Severity;
import io.tracegram.gateway.replicate.Backoff;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.runtime.config.TimestampSource;
import io.tracegram.runtime.log.EvidenceLog;
import io.tracegram.runtime.timestamp.StoredTimestamps;
import io.tracegram.runtime.timestamp.TimestampStore;
import io.tracegram.runtime.timestamp.TimestampVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has checkpoints stamped by the configured authorities, one virtual thread for each. Thread-safe.
 */
public final class Timestamper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Timestamper.class);

  private static final Duration BROKEN = Duration.ofMinutes(1);
  private static final Comparator<Stamp> BY_TIME =
      Comparator.comparingLong((Stamp stamp) -> stamp.proven().genTimeMillis())
          .thenComparing(stamp -> stamp.proven().authority());

  private final EvidenceLog log;
  private final NoteKey logKey;
  private final List<TimestampSource> sources;
  private final Problems problems;
  private final TimestampStore store;
  private final AuthorityClient client;
  private final List<Stamping> stampings = new ArrayList<>();
  private final List<Stamp> stamps = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean closed;
  private long published;

  /**
   * Whose checkpoints are stamped.
   *
   * @param logKey verifies them
   * @param data directory of the gateway; what is due stands in {@code data/timestamps}
   * @param candidates checkpoints to stamp, the one most worth it first: the newest that others
   *     cosigned, the newest
   */
  public record Subject(
      EvidenceLog log, NoteKey logKey, Path data, Supplier<List<SignedNote>> candidates) {}

  /**
   * How patient it is.
   *
   * @param answer longest wait for an answer
   * @param firstRetry wait after the first failure, doubled after each
   * @param lastRetry longest wait between two tries
   */
  public record Timing(Duration answer, Duration firstRetry, Duration lastRetry) {
    public static final Timing FIELD =
        new Timing(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofMinutes(10));
  }

  /**
   * Reads what is due.
   *
   * @param clock system time
   * @param random for nonces and jitter
   * @throws IOException if the files cannot be read or written; the message says what to do
   */
  public Timestamper(
      Subject subject,
      List<TimestampSource> sources,
      Timing timing,
      Clock clock,
      SecureRandom random,
      Counters counters,
      Problems problems)
      throws IOException {
    this.log = subject.log();
    this.logKey = subject.logKey();
    this.sources = List.copyOf(sources);
    this.problems = problems;
    this.store = new TimestampStore(subject.data().resolve("log"));
    this.client = new AuthorityClient(timing.answer());
    Path due = subject.data().resolve("timestamps");
    Files.createDirectories(due);
    Stamping.Surroundings around =
        new Stamping.Surroundings(
            store, client, clock, random, counters, problems, subject.candidates(), stamps::add);
    for (TimestampSource source : sources) {
      stampings.add(
          new Stamping(
              source,
              around,
              new DueFile(due.resolve(source.authority().name() + ".due")),
              new Backoff(random, timing.firstRetry(), timing.lastRetry())));
    }
  }

  /** Starts the threads; what was stamped before is verified first. */
  public synchronized void start() {
    threads.add(Thread.ofVirtual().name("timestamp-stored").start(this::verifyStored));
    for (Stamping stamping : stampings) {
      threads.add(
          Thread.ofVirtual().name("timestamp-" + stamping.name()).start(() -> follow(stamping)));
    }
  }

  /** Tells that a checkpoint was published; never waits. */
  public synchronized void published() {
    published++;
    notifyAll();
  }

  /** Returns the leaves under the largest stamped checkpoint; empty if no authority is asked. */
  public OptionalLong timestampedSize() {
    return sources.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(stamps.stream().mapToLong(Stamp::size).max().orElse(0));
  }

  /** Returns each authority's earliest token that covers a leaf, earliest first. */
  public List<Stamp> covering(long leaf) {
    Map<String, Stamp> earliest = new HashMap<>();
    for (Stamp stamp : stamps) {
      if (stamp.size() > leaf) {
        earliest.merge(
            stamp.proven().authority(),
            stamp,
            (one, other) -> BY_TIME.compare(one, other) <= 0 ? one : other);
      }
    }
    return earliest.values().stream().sorted(BY_TIME).toList();
  }

  /** Ends the threads; a call on its way is broken off. */
  @Override
  public void close() {
    List<Thread> running;
    synchronized (this) {
      closed = true;
      notifyAll();
      running = List.copyOf(threads);
    }
    client.close();
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

  private void follow(Stamping stamping) {
    try {
      while (true) {
        long seen;
        synchronized (this) {
          if (closed) {
            return;
          }
          seen = published;
        }
        try {
          Optional<Duration> pause = stamping.step();
          if (pause.isEmpty()) {
            awaitCheckpoint(seen, stamping.untilNextPeriod());
          } else {
            pause(pause.get());
          }
        } catch (RuntimeException e) {
          LOG.error("event=timestamp.broken authority={}", stamping.name(), e);
          pause(BROKEN);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void awaitCheckpoint(long seen, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    for (long left = most.toNanos();
        left > 0 && !closed && published == seen;
        left = end - System.nanoTime()) {
      wait(Math.max(1, left / 1_000_000));
    }
  }

  private synchronized void pause(Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
      wait(Math.max(1, left / 1_000_000));
    }
  }

  /** Attacker: whoever can write files puts a token, or a checkpoint, of another log there. */
  private void verifyStored() {
    try {
      for (StoredTimestamps.Judged judged :
          store.read().verify(sources.stream().map(TimestampSource::authority).toList())) {
        switch (judged.verdict().orElse(null)) {
          case null -> {} // an authority that is not configured any more
          case TimestampVerdict.Proven proven when isOurs(judged.checkpoint()) ->
              stamps.add(new Stamp(judged.size(), proven));
          case TimestampVerdict.Proven _ -> unproven(judged, "its checkpoint is not of this log");
          case TimestampVerdict.Refused refused -> unproven(judged, refused.reason());
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("event=timestamp.stored-unreadable", e);
    }
  }

  private boolean isOurs(SignedNote note) {
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    return note.isSignedBy(logKey)
        && checkpoint.size() <= log.size()
        && log.root(checkpoint.size()).equals(checkpoint.root());
  }

  private void unproven(StoredTimestamps.Judged judged, String reason) {
    problems.raise(
        "evidence.timestamp-unproven",
        judged.authority(),
        Severity.WARNING,
        "the stored timestamp of %d leaves: %s".formatted(judged.size(), reason),
        "it is not counted",
        "compare log/timestamps with a backup, and anchor and policy in gateway.yaml with those of"
            + " that time");
  }
}

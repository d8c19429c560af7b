package io.tracegram.runtime.log;

import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.CheckpointSigner;
import io.tracegram.ledger.evidence.log.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs and publishes a checkpoint at most a second after an append, and adds cosignatures to it.
 *
 * <p>Its work happens on the scheduler's one thread; its methods may be called from any. When a
 * listener hears of a checkpoint, it is on disk with all its tiles.
 */
public final class CheckpointPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointPublisher.class);
  private static final long PERIOD_MILLIS = 500;

  private final EvidenceLog log;
  private final CheckpointSigner signer;
  private final ScheduledExecutorService scheduler;
  private final Runnable failed;
  private final Path forked;
  private final List<Consumer<SignedNote>> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable SignedNote cosigned;
  private volatile boolean stopped;

  /**
   * @param scheduler of one thread
   * @param failed called when the disk failed
   * @param forked file that says that signing stopped, and why
   */
  public CheckpointPublisher(
      EvidenceLog log,
      CheckpointSigner signer,
      ScheduledExecutorService scheduler,
      Runnable failed,
      Path forked) {
    this.log = log;
    this.signer = signer;
    this.scheduler = scheduler;
    this.failed = failed;
    this.forked = forked;
    this.stopped = Files.exists(forked);
  }

  /** Calls back for each new checkpoint, on the scheduler's thread: the listener must not wait. */
  public void listen(Consumer<SignedNote> listener) {
    listeners.add(listener);
  }

  public void start() {
    scheduler.execute(() -> guarded(this::completePublished));
    var unused =
        scheduler.scheduleWithFixedDelay(
            this::publishIfGrown, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Publishes what was appended since; returns when it is on disk. */
  public void publishNow() {
    try {
      scheduler.submit(this::publishIfGrown).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | RejectedExecutionException e) {
      LOG.error("event=checkpoint.failed", e);
    }
  }

  /**
   * Adds cosignatures, which the caller has verified, to the published checkpoint. Those of an
   * older checkpoint do not change the newest one's file but are kept as {@link #cosigned}.
   *
   * @param note a checkpoint of this log with its own signature and the newest of each cosigner
   */
  public void addCosignatures(SignedNote note) {
    scheduler.execute(() -> guarded(() -> add(note)));
  }

  /**
   * Signs no checkpoint any more, also after a restart: another history of this log is known to
   * others. On return the reason is on disk, and the proof beside it as {@code fork-proof}; a
   * person removes the first file to let signing go on.
   */
  public void stopSigning(String whatToDo, String proof) {
    stopped = true;
    LOG.error("event=checkpoint.stopped file={} action=\"{}\"", forked, whatToDo);
    try {
      write(forked, whatToDo + "\n");
      write(forked.resolveSibling("fork-proof"), proof);
    } catch (IOException e) {
      LOG.error("event=checkpoint.stop-not-kept file={}", forked, e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(
        file,
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
  }

  /** Returns what a person was told to do when signing stopped; empty while signing goes on. */
  public Optional<String> stoppedBecause() {
    if (!stopped) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(forked).strip());
    } catch (IOException e) {
      return Optional.of("see " + forked + "; remove it once the log is restored");
    }
  }

  /** Says whether a fork was found, now or before the last restart. */
  public boolean isStopped() {
    return stopped;
  }

  /** Returns the newest checkpoint that carries a cosignature. */
  public Optional<SignedNote> cosigned() {
    return Optional.ofNullable(cosigned);
  }

  private void publishIfGrown() {
    guarded(
        () -> {
          long size = log.size();
          if (stopped || size == log.publishedSize()) {
            return;
          }
          String text = new Checkpoint(signer.key().name(), size, log.root(size)).text();
          SignedNote note = signer.sign(text);
          log.publish(note);
          listeners.forEach(listener -> listener.accept(note));
        });
  }

  /** Gives a log from before it had its ML-DSA-44 key that line on its newest checkpoint. */
  private void completePublished() {
    Optional<SignedNote> published = log.checkpoint().filter(note -> note.isSignedBy(signer.key()));
    if (published.isPresent() && !stopped) {
      SignedNote complete = signer.complete(published.get());
      if (!complete.equals(published.get())) {
        log.publish(complete);
      }
    }
  }

  private void add(SignedNote offered) {
    if (!offered.isSignedBy(signer.key())) {
      LOG.warn("event=checkpoint.cosignature-refused reason=\"not a checkpoint of this log\"");
      return;
    }
    SignedNote note = signer.complete(offered);
    // the note carries the newest signature of each key: merged, a restart would add one each time
    if (log.checkpoint().map(SignedNote::text).orElse(note.text()).equals(note.text())) {
      log.publish(note);
      cosigned = note;
    } else if (cosigned == null || sizeOf(note) >= sizeOf(cosigned)) {
      cosigned = note;
    }
  }

  private static long sizeOf(SignedNote note) {
    return Checkpoint.parse(note.text()).size();
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (LogFailedException e) {
      LOG.error("event=log.failed reason=\"{}\"", e.getMessage(), e);
      failed.run();
    } catch (RuntimeException e) {
      LOG.error("event=checkpoint.failed", e);
    }
  }
}

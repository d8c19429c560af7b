package io.tracegram.runtime.log;

import io.tracegram.ledger.evidence.log.TilePath;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a whole log again, once after the start and then every day, and tells of leaves that are no
 * longer as they were written; tiles that were lost are written again.
 *
 * <p>Takes a fifth of one core at most. Thread-safe.
 */
public final class Scrubber implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);
  private static final int PAUSES_PER_WORK = 4;
  private static final Duration PERIOD = Duration.ofDays(1);

  private final EvidenceLog log;
  private final Consumer<String> damaged;
  private final Thread thread = Thread.ofPlatform().daemon().name("scrub").unstarted(this::run);

  /**
   * Prepares the work.
   *
   * @param damaged told what is wrong, where, and what to do
   */
  public Scrubber(EvidenceLog log, Consumer<String> damaged) {
    this.log = log;
    this.damaged = damaged;
  }

  public void start() {
    thread.start();
  }

  /** Ends; returns when nothing is read any more. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        pass();
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException e) {
      // closed
    } catch (LogFailedException e) {
      LOG.error("event=log.scrub-ended reason=\"{}\"", e.getMessage());
    }
  }

  private void pass() throws InterruptedException {
    int mended = 0;
    for (long tile = 0; tile < log.publishedSize() / TilePath.FULL; tile++) {
      long start = System.nanoTime();
      try {
        mended += log.scrub(tile);
      } catch (LogDamagedException e) {
        LOG.error("event=log.damaged reason=\"{}\"", e.getMessage());
        damaged.accept(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        LOG.warn("event=log.scrub-failed tile={}", tile, e);
      }
      Thread.sleep(Duration.ofNanos(PAUSES_PER_WORK * (System.nanoTime() - start)));
    }
    LOG.info("event=log.scrubbed leaves={} mended={}", log.publishedSize(), mended);
  }
}

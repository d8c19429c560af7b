package io.tracegram.gateway.dashboard;

import io.tracegram.runtime.web.RequestRefused;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for answers that take long, so that neither the accounts nor the event loop wait for
 * them; of what comes when too many wait already, each is refused as busy. Thread-safe.
 */
public final class AnswerThreads implements Executor, AutoCloseable {
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 32;

  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("answers-", 0).factory(),
          (task, full) -> {
            throw RequestRefused.busy(
                MOST_WAITING + " questions of the accounts wait already: ask again in a minute");
          });

  public AnswerThreads() {
    pool.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  /** Ends the threads; what they are at is not answered any more. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}

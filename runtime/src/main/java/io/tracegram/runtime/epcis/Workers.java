package io.tracegram.runtime.epcis;

import io.tracegram.runtime.web.RequestRefused;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what an event loop must not wait for, a bounded amount of it at once. Thread-safe. */
final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final int THREADS = 2;
  private static final int WAITING = 64;

  private final ExecutorService threads;

  Workers(String name) {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Completes with what the work gives; fails with a refusal. */
  <T> CompletableFuture<T> done(Callable<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    try {
      threads.execute(
          () -> {
            try {
              done.complete(work.call());
            } catch (Exception e) {
              done.completeExceptionally(refusal(e));
            }
          });
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(
          EpcisProblem.BUSY.refusal("too many requests at once: try again in a second"));
    }
    return done;
  }

  private static RuntimeException refusal(Exception e) {
    if (e instanceof RequestRefused refused) {
      return refused;
    }
    LOG.error("event=epcis.request-failed", e);
    return EpcisProblem.IMPLEMENTATION.refusal(
        "The service could not answer. Nothing was lost; try again, and see its log.");
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

package io.tracegram.deploy.verify;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Does numbered pieces of work on all cores and hands out the results in order, a bounded number
 * ahead. For one thread; the work itself runs on others.
 */
final class OrderedWork<T> implements AutoCloseable {
  private static final int AHEAD_PER_THREAD = 3;

  private final LongFunction<T> work;
  private final long end;
  private final int window;
  private final ExecutorService threads;
  private final Queue<Future<T>> running = new ArrayDeque<>();
  private long next;

  /**
   * @param end number of pieces, done from 0
   */
  OrderedWork(LongFunction<T> work, long end, int threads) {
    this.work = work;
    this.end = end;
    this.window = threads * AHEAD_PER_THREAD;
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("verify-", 0).factory());
  }

  /** Returns the first result before anything else is begun: what follows may build on it. */
  T first() throws IOException {
    submit();
    return await();
  }

  /** Says whether there is another result to take. */
  boolean hasNext() {
    return next < end || !running.isEmpty();
  }

  T take() throws IOException {
    while (next < end && running.size() < window) {
      submit();
    }
    return await();
  }

  private void submit() {
    long piece = next++;
    running.add(threads.submit(() -> work.apply(piece)));
  }

  private T await() throws IOException {
    try {
      return running.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("piece of work failed", e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

package io.tracegram.gateway.log;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Hands items to one thread in the order they came. Any thread puts without waiting; whoever puts
 * bounds how much. One thread takes; it is woken once, however much has come.
 */
public final class Mailbox<T> {
  private final Queue<T> queue = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Thread> waiting = new AtomicReference<>();

  public void put(T item) {
    queue.add(item);
    if (waiting.get() != null) {
      LockSupport.unpark(waiting.getAndSet(null));
    }
  }

  /**
   * Moves what is there, at most {@code max} items, and waits up to {@code nanos} for the first.
   */
  public void take(List<T> into, int max, long nanos) {
    T item = queue.poll();
    if (item == null) {
      waiting.set(Thread.currentThread());
      item = queue.poll();
      if (item == null) {
        LockSupport.parkNanos(this, nanos);
        item = queue.poll();
      }
      waiting.set(null);
    }
    for (int count = 1; item != null; count++) {
      into.add(item);
      item = count < max ? queue.poll() : null;
    }
  }
}

package io.tracegram.edge.publish;

import io.tracegram.edge.outbox.Outbox;
import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Feedback;
import io.tracegram.ledger.evidence.statement.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the gateway and delivers the outbox over it, on a thread of its own.
 * Thread-safe.
 */
public final class MqttPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(MqttPublisher.class);
  private static final long LONGEST_WAIT_MILLIS = 200;

  private final Outbox outbox;
  private final Destination destination;
  private final PublishTiming timing;
  private final Quarantine quarantine;
  private final LongSupplier nanos;
  private final Backoff connecting;
  private final Backoff retrying;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable MqttSession session;
  private boolean stopping;
  private long stopAt;
  private boolean connected;
  private volatile Consumer<Feedback> advised = feedback -> {};

  /**
   * @param nanos monotonic time, such as {@code System::nanoTime}
   */
  public MqttPublisher(
      Outbox outbox,
      Destination destination,
      PublishTiming timing,
      Quarantine quarantine,
      LongSupplier nanos,
      RandomGenerator random) {
    this.outbox = outbox;
    this.destination = destination;
    this.timing = timing;
    this.quarantine = quarantine;
    this.nanos = nanos;
    this.connecting = new Backoff(timing.firstRetry(), timing.longestRetry(), random);
    this.retrying = new Backoff(timing.firstRetry(), timing.longestRetry(), random);
    this.thread = Thread.ofPlatform().name("publish").unstarted(this::run);
  }

  /** Has {@code to} told what became of scans; before {@link #start}, and it must not wait. */
  public void advise(Consumer<Feedback> to) {
    advised = to;
  }

  public void start() {
    thread.start();
  }

  /** Says that the outbox holds something new. Never blocks. */
  public void wake() {
    lock.lock();
    try {
      if (session != null) {
        session.wake();
      }
    } finally {
      lock.unlock();
    }
  }

  public boolean isConnected() {
    lock.lock();
    try {
      return connected;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Delivers what is left for at most {@code patience}, then disconnects. What is undelivered stays
   * in the outbox.
   */
  public void stop(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      stopping = true;
      stopAt = nanos.getAsLong() + patience.toNanos();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    wake();
    thread.join();
  }

  private void run() {
    while (!isDone()) {
      try (MqttSession opened = MqttSession.connect(destination)) {
        enter(opened);
        deliver(opened);
      } catch (IOException e) {
        leave(e.getMessage());
        pause(connecting.next());
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // the outbox failed: nothing can be promised, but what is on disk is safe
        LOG.error("event=publish.failed reason=\"{}\"", e.getMessage(), e);
        leave(String.valueOf(e.getMessage()));
        pause(connecting.next());
      }
    }
    leave("stopped");
  }

  private void deliver(MqttSession opened) throws IOException, InterruptedException {
    Delivery delivery =
        new Delivery(outbox, quarantine, timing, opened.receiveMaximum(), retrying, nanos);
    while (!isDone(delivery)) {
      delivery.fill(opened::publish);
      takeAll(opened, delivery, LONGEST_WAIT_MILLIS);
      if (delivery.silenceNanos() > timing.silence().toNanos()) {
        throw new IOException("no answer for " + timing.silence().toSeconds() + " s");
      }
    }
    takeAll(opened, delivery, 0);
  }

  private void takeAll(MqttSession opened, Delivery delivery, long waitMillis)
      throws IOException, InterruptedException {
    Optional<MqttSession.Event> event = opened.next(waitMillis);
    while (event.isPresent()) {
      take(event.get(), opened, delivery);
      event = opened.next(0);
    }
    delivery.settle();
  }

  private void take(MqttSession.Event event, MqttSession opened, Delivery delivery)
      throws IOException {
    switch (event) {
      case MqttSession.Answered(long sequence, Answer answer) -> {
        connecting.reset();
        delivery.answered(sequence, answer);
      }
      case MqttSession.ReceiptArrived() -> opened.takeReceipt().ifPresent(this::receipt);
      case MqttSession.FeedbackArrived() -> opened.takeFeedback().forEach(this::feedback);
      case MqttSession.Lost(String reason) -> {
        delivery.settle();
        throw new IOException(reason);
      }
      case MqttSession.Woken() -> {}
    }
  }

  private void feedback(byte[] bytes) {
    try {
      advised.accept(Feedback.parse(bytes));
    } catch (MalformedException e) {
      LOG.warn("event=feedback.refused reason=\"{}\"", e.getMessage());
    }
  }

  private void receipt(byte[] bytes) {
    Optional<PublicKey> gatewayKey = destination.gatewayKey().get();
    if (gatewayKey.isEmpty()) {
      LOG.warn("event=receipt.ignored reason=\"the gateway's public key is not there yet\"");
      return;
    }
    try {
      Receipt receipt = Receipt.open(bytes, gatewayKey.get());
      if (!receipt.facility().equals(destination.facility())
          || !receipt.agent().equals(destination.agent())) {
        throw new MalformedException(
            "the receipt is for " + receipt.facility() + "/" + receipt.agent());
      }
      connecting.reset();
      outbox.deleteThrough(receipt.epoch(), receipt.throughSequence());
    } catch (MalformedException e) {
      LOG.warn(
          "event=receipt.refused reason=\"{}; nothing is deleted, check gatewayKey\"",
          e.getMessage());
    }
  }

  private boolean isDone(Delivery delivery) {
    return isDone() || (isStopping() && delivery.isIdle() && outbox.undelivered() == 0);
  }

  private boolean isDone() {
    lock.lock();
    try {
      return stopping && (nanos.getAsLong() - stopAt >= 0 || outbox.undelivered() == 0);
    } finally {
      lock.unlock();
    }
  }

  private boolean isStopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }

  private void enter(MqttSession opened) {
    LOG.info(
        "event=publish.connected broker={} undelivered={}",
        destination.broker(),
        outbox.undelivered());
    lock.lock();
    try {
      session = opened;
      connected = true;
    } finally {
      lock.unlock();
    }
  }

  private void leave(@Nullable String reason) {
    boolean was;
    lock.lock();
    try {
      was = connected;
      session = null;
      connected = false;
    } finally {
      lock.unlock();
    }
    if (was) {
      LOG.warn(
          "event=publish.disconnected broker={} undelivered={} reason=\"{}\"",
          destination.broker(),
          outbox.undelivered(),
          reason);
    } else {
      LOG.info("event=publish.not-connected reason=\"{}\"", reason);
    }
  }

  private void pause(Duration wait) {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (left > 0 && !isDone()) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}

package io.tracegram.edge.publish;

import io.tracegram.edge.outbox.Outbox;
import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what one connection sends next, and what an answer means. Single-threaded.
 *
 * <p>Order: signed gaps that stand for refused statements, then unacknowledged statements by
 * sequence, then, after a while, acknowledged ones that no receipt covers. The first statement goes
 * alone, and so does every gap: if the gateway refuses the agent as such, one statement is put
 * aside, not the outbox.
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private enum Queue {
    UNACKNOWLEDGED,
    WITHOUT_RECEIPT
  }

  private record Sent(Outbox.Entry entry, Queue queue) {}

  /** Takes a statement to the connection. */
  interface Sender {
    void send(long sequence, byte[] statement) throws IOException;
  }

  private final Outbox outbox;
  private final Quarantine quarantine;
  private final Backoff backoff;
  private final LongSupplier nanos;
  private final long resendAt;
  private final long resendThrough;
  private final int largestWindow;

  private final Map<Long, Sent> inFlight = new HashMap<>();
  private final TreeSet<Long> gaps = new TreeSet<>();
  private final List<Long> stored = new ArrayList<>();
  private int window = 1;
  private long cursor;
  private long resendCursor;
  private long pausedUntil;
  private long lastProgress;

  /**
   * Starts with a fresh connection: everything unacknowledged is due again.
   *
   * @param nanos monotonic time
   */
  Delivery(
      Outbox outbox,
      Quarantine quarantine,
      PublishTiming timing,
      int receiveMaximum,
      Backoff backoff,
      LongSupplier nanos) {
    this.outbox = outbox;
    this.quarantine = quarantine;
    this.backoff = backoff;
    this.nanos = nanos;
    this.largestWindow = Math.min(timing.window(), receiveMaximum);
    long now = nanos.getAsLong();
    this.pausedUntil = now;
    this.lastProgress = now;
    this.resendAt = now + timing.receipt().toNanos();
    this.resendThrough = outbox.lastAcknowledged();
  }

  /** Sends as much as the window allows. */
  void fill(Sender sender) throws IOException {
    long now = nanos.getAsLong();
    if (now - pausedUntil < 0) {
      return;
    }
    for (Sent next = next(now); next != null; next = next(now)) {
      if (inFlight.isEmpty()) {
        lastProgress = now;
      }
      inFlight.put(next.entry().sequence(), next);
      sender.send(next.entry().sequence(), next.entry().statement().bytes());
    }
  }

  private @Nullable Sent next(long now) {
    if (inFlight.size() >= (gaps.isEmpty() ? window : 1)) {
      return null;
    }
    if (!gaps.isEmpty()) {
      return gap();
    }
    List<Outbox.Entry> entries = outbox.unacknowledged(cursor, 1);
    while (!entries.isEmpty()) {
      Outbox.Entry entry = entries.getFirst();
      cursor = entry.sequence();
      if (!inFlight.containsKey(cursor)) {
        return new Sent(entry, Queue.UNACKNOWLEDGED);
      }
      entries = outbox.unacknowledged(cursor, 1);
    }
    if (now - resendAt >= 0) {
      for (Outbox.Entry entry : outbox.withoutReceipt(resendCursor, 1)) {
        if (entry.sequence() <= resendThrough) {
          resendCursor = entry.sequence();
          return new Sent(entry, Queue.WITHOUT_RECEIPT);
        }
      }
    }
    return null;
  }

  private @Nullable Sent gap() {
    long sequence = gaps.first();
    List<Outbox.Entry> entries = outbox.unacknowledged(sequence - 1, 1);
    if (entries.isEmpty() || entries.getFirst().sequence() != sequence) {
      gaps.remove(sequence);
      return null;
    }
    return new Sent(entries.getFirst(), Queue.UNACKNOWLEDGED);
  }

  /** Takes the answer to one statement; what was stored is remembered by {@link #settle}. */
  void answered(long sequence, Answer answer) {
    Sent sent = inFlight.remove(sequence);
    if (sent == null) {
      return;
    }
    lastProgress = nanos.getAsLong();
    switch (answer) {
      case Answer.Stored() -> {
        backoff.reset();
        gaps.remove(sequence);
        window = largestWindow;
        if (sent.queue() == Queue.UNACKNOWLEDGED) {
          stored.add(sequence);
        }
      }
      case Answer.Later(String reason) -> pause(sent, "publish.later", reason);
      case Answer.Refused(String reason) -> refused(sent, reason);
    }
  }

  private void refused(Sent sent, String reason) {
    long sequence = sent.entry().sequence();
    if (sent.queue() == Queue.WITHOUT_RECEIPT) {
      LOG.warn("event=publish.resend-refused seq={} reason=\"{}\"", sequence, reason);
      return;
    }
    SignedStatement statement = SignedStatement.parse(sent.entry().statement().bytes());
    if (statement.statement().body() instanceof Body.Gap) {
      gaps.add(sequence);
      LOG.error(
          "event=publish.held seq={} reason=\"the gateway refuses even a gap ({}): check that it"
              + " knows this agent's key, facility and id; nothing is sent until it does\"",
          sequence,
          reason);
      pause(sent, "publish.held", reason);
      return;
    }
    long gap = quarantine.quarantine(sent.entry(), reason);
    gaps.add(gap);
    LOG.error(
        "event=statement.quarantined seq={} kind={} gap={} reason=\"{}\"",
        sequence,
        statement.statement().body().kind(),
        gap,
        reason);
  }

  private void pause(Sent sent, String event, String reason) {
    long wait = backoff.next().toNanos();
    pausedUntil = nanos.getAsLong() + wait;
    window = 1;
    if (sent.queue() == Queue.UNACKNOWLEDGED) {
      cursor = Math.min(cursor, sent.entry().sequence() - 1);
    }
    LOG.warn(
        "event={} seq={} waitMs={} reason=\"{}\"",
        event,
        sent.entry().sequence(),
        wait / 1_000_000,
        reason);
  }

  /** Writes the answers taken so far to the outbox, in one step. */
  void settle() {
    if (!stored.isEmpty()) {
      outbox.acknowledge(stored);
      stored.clear();
    }
  }

  /** Returns since when statements wait for an answer in vain, in ns; 0 if none waits. */
  long silenceNanos() {
    return inFlight.isEmpty() ? 0 : nanos.getAsLong() - lastProgress;
  }

  boolean isIdle() {
    return inFlight.isEmpty();
  }
}

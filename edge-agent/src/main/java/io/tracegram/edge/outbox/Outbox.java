package io.tracegram.edge.outbox;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The agent's durable memory of one epoch of its chain. Thread-safe. Every method throws {@link
 * OutboxException} if the disk fails; what an earlier call acknowledged stays on disk.
 */
public interface Outbox extends AutoCloseable {
  /**
   * Where the chain stands.
   *
   * @param epoch when the outbox was made, ms since 1970 UTC
   * @param sequence the last sequence appended, 0 if none
   * @param hash {@link SignedStatement#chainHash} of it, {@link Hash#ZERO} if none
   */
  record ChainHead(long epoch, long sequence, Hash hash) {}

  /** A statement kept here, as it is published. */
  record Entry(long sequence, Content statement) {}

  /** A statement that the gateway refused, for a person. */
  record Quarantined(long sequence, String reason) {}

  ChainHead head();

  /**
   * Appends the chain's next statements, all or none; they are on disk when this returns.
   *
   * @return false if they would exceed the outbox's limit: nothing was stored, and the caller
   *     resumes its chain from {@link #head}
   */
  boolean append(List<SignedStatement> statements);

  /** Returns statements without an acknowledgement, after a sequence, in order. */
  List<Entry> unacknowledged(long afterSequence, int limit);

  /** Returns acknowledged statements that no receipt covers yet, after a sequence, in order. */
  List<Entry> withoutReceipt(long afterSequence, int limit);

  /** Returns the last sequence that is acknowledged and not covered by a receipt, 0 if none. */
  long lastAcknowledged();

  /** Remembers that the gateway has these on disk; they are not sent again unless asked for. */
  void acknowledge(Collection<Long> sequences);

  /**
   * Takes a refused statement out of the queue and appends the signed gap that stands for it, in
   * one step; the gap is appended even to a full outbox, since it is small and ends the refusal.
   */
  void quarantine(long sequence, String reason, SignedStatement gap);

  /** Deletes what a receipt covers, acknowledged or not; refused statements stay. */
  void deleteThrough(long epoch, long throughSequence);

  /** Returns the newest refused statements, newest first. */
  List<Quarantined> quarantined(int limit);

  /** Returns how many statements have no acknowledgement. */
  long undelivered();

  /** Waits until fewer than {@code limit} statements are undelivered; false at the timeout. */
  boolean awaitUndeliveredBelow(long limit, Duration timeout) throws InterruptedException;

  @Override
  void close();
}

package io.tracegram.edge.sign;

import io.tracegram.edge.outbox.Outbox;
import io.tracegram.ledger.evidence.signature.Signer;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Signs bodies as the agent's chain into the outbox. Thread-safe. */
public final class StatementWriter {
  /**
   * Who signs.
   *
   * @param boot new at every start, ≥ 0
   */
  public record Author(String facility, String agent, Signer signer, long boot) {}

  private final Author author;
  private final Outbox outbox;
  private final PlantTime time;
  private final LongSupplier nanos;
  private final long bootNanos;
  private final Runnable written;
  private final ReentrantLock lock = new ReentrantLock();
  private StatementChain chain;

  /**
   * Resumes the chain where the outbox ends.
   *
   * @param nanos monotonic time; the boot is now
   * @param written called after each append, from the thread that wrote; must not block
   */
  public StatementWriter(
      Author author, Outbox outbox, PlantTime time, LongSupplier nanos, Runnable written) {
    this.author = author;
    this.outbox = outbox;
    this.time = time;
    this.nanos = nanos;
    this.bootNanos = nanos.getAsLong();
    this.written = written;
    this.chain = resume();
  }

  /** Makes the bodies of one step, given the plant time at which they are signed. */
  public interface Bodies {
    List<Body> at(long plantMillis);
  }

  /**
   * Signs and appends, all or none, at one plant time. On disk when this returns true.
   *
   * @return false if the outbox is full: nothing was written
   */
  public boolean write(Bodies bodies) {
    lock.lock();
    try {
      long wall = time.millis();
      List<SignedStatement> signed = new ArrayList<>();
      for (Body body : bodies.at(wall)) {
        signed.add(sign(body, wall));
      }
      boolean appended = signed.isEmpty() || outbox.append(signed);
      if (!appended) {
        chain = resume();
      }
      return appended;
    } catch (RuntimeException e) {
      // the chain may have run ahead of the disk
      chain = resume();
      throw e;
    } finally {
      lock.unlock();
      written.run();
    }
  }

  /**
   * Puts a refused statement aside and writes the gap that stands for it; both on disk when this
   * returns.
   *
   * @return the gap's sequence
   */
  public long quarantine(Outbox.Entry refused, String reason) {
    lock.lock();
    try {
      SignedStatement statement = SignedStatement.parse(refused.statement().bytes());
      SignedStatement gap =
          sign(
              new Body.Gap(refused.sequence(), refused.sequence(), statement.chainHash()),
              time.millis());
      outbox.quarantine(refused.sequence(), reason, gap);
      return gap.statement().sequence();
    } catch (RuntimeException e) {
      chain = resume();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private SignedStatement sign(Body body, long wallMillis) {
    long mono = (nanos.getAsLong() - bootNanos) / 1_000_000;
    return chain.sign(body, wallMillis, mono, time.status());
  }

  private StatementChain resume() {
    Outbox.ChainHead head = outbox.head();
    return new StatementChain(
        author.facility(),
        author.agent(),
        author.signer(),
        author.boot(),
        head.epoch(),
        head.sequence(),
        head.hash());
  }
}

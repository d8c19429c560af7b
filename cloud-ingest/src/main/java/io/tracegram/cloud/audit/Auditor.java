package io.tracegram.cloud.audit;

import io.tracegram.cloud.inventory.PostgresStore;
import io.tracegram.cloud.inventory.StoreException;
import io.tracegram.cloud.mirror.MirroredLog;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.verification.LogReplay;
import io.tracegram.runtime.epcis.ProjectedLog;
import io.tracegram.runtime.log.ProgramIdentity;
import io.tracegram.runtime.log.SnapshotFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Audits all mirrored logs, one thread each, as their entries come in. Thread-safe. */
public final class Auditor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Auditor.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final PostgresStore store;
  private final Path snapshots;
  private final Hash program;
  private final Map<String, FacilityAudit> audits = new LinkedHashMap<>();
  private final Map<String, ProjectedLog> logs = new LinkedHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile Runnable progress = () -> {};
  private long signals;
  private boolean closed;

  /**
   * @param snapshots directory for what was audited, one file a facility
   */
  public Auditor(PostgresStore store, Path snapshots) throws IOException {
    this.store = store;
    this.snapshots = snapshots;
    this.program = ProgramIdentity.of(LogReplay.class, Auditor.class);
  }

  /** Adds a facility's log; before {@link #start}. */
  public void add(String facility, MirroredLog log, PublicKey gateway) throws IOException {
    store.register(facility, log.origin());
    FacilityAudit audit =
        new FacilityAudit(
            facility, log, gateway, store, new SnapshotFile(snapshots.resolve(facility), program));
    audits.put(facility, audit);
    logs.put(facility, new AuditedLog(log, audit));
  }

  /** Returns each facility's log, of which what is audited counts. */
  public List<ProjectedLog> logs() {
    return List.copyOf(logs.values());
  }

  /** Has it told when an audit went on; {@code to} must not wait. */
  public void listen(Runnable to) {
    progress = to;
  }

  /** Starts to audit, each log where the last audit ended. */
  public synchronized void start() {
    audits.forEach(
        (facility, audit) ->
            threads.add(
                Thread.ofPlatform()
                    .daemon()
                    .name("audit-" + facility)
                    .start(() -> follow(facility, audit))));
  }

  /** Tells that something was mirrored; never blocks for long. */
  public synchronized void mirrored() {
    signals++;
    notifyAll();
  }

  public AuditState state(String facility) {
    return Objects.requireNonNull(audits.get(facility)).state();
  }

  @Override
  public void close() {
    List<Thread> running;
    synchronized (this) {
      closed = true;
      notifyAll();
      running = List.copyOf(threads);
    }
    for (Thread thread : running) {
      try {
        thread.join(Duration.ofSeconds(30));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void follow(String facility, FacilityAudit audit) {
    AuditState.Verdict before = audit.state().verdict();
    long seen = 0;
    while (true) {
      synchronized (this) {
        seen = signals;
        if (closed) {
          break;
        }
      }
      boolean more = false;
      try {
        more = audit.advance();
        progress.run();
      } catch (StoreException e) {
        LOG.warn("event=audit.store-failed facility={} reason=\"{}\"", facility, e.getMessage());
      }
      AuditState.Verdict verdict = audit.state().verdict();
      if (!verdict.equals(before)
          && verdict instanceof AuditState.Verdict.Failed(long leaf, String reason)) {
        LOG.error("event=audit.failed facility={} leaf={} reason=\"{}\"", facility, leaf, reason);
      }
      before = verdict;
      if (!more && !waitForSignal(seen)) {
        break;
      }
    }
    audit.snapshot();
  }

  private synchronized boolean waitForSignal(long seen) {
    long end = System.nanoTime() + LOOK_AGAIN.toNanos();
    try {
      for (long left = LOOK_AGAIN.toNanos();
          signals == seen && !closed && left > 0;
          left = end - System.nanoTime()) {
        wait(Math.max(1, left / 1_000_000));
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

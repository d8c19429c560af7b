package io.tracegram.gateway.intake;

import io.tracegram.gateway.log.Appender;
import io.tracegram.gateway.log.SequenceRegistry.Progress;
import io.tracegram.gateway.problem.Problems;
import io.tracegram.gateway.problem.Severity;
import io.tracegram.ledger.evidence.signature.Signer;
import io.tracegram.ledger.evidence.statement.Receipt;
import io.tracegram.runtime.log.EvidenceLog;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells each listening agent, at most every half second, through which sequence its statements are
 * kept, and shows holes that do not fill.
 *
 * <p>Where a mirror is configured, a receipt is sent only for what the mirror has cosigned: an
 * agent may delete by any receipt it gets. Works on the scheduler's thread; its methods may be
 * called from any.
 */
public final class ReceiptSender {
  private static final Logger LOG = LoggerFactory.getLogger(ReceiptSender.class);
  private static final long PERIOD_MILLIS = 500;

  private final String facility;
  private final Signer signer;
  private final boolean mirrorConfigured;
  private final EvidenceLog log;
  private final Appender appender;
  private final Problems problems;
  private final ScheduledExecutorService scheduler;
  private final Supplier<Collection<AgentSession>> sessions;
  private volatile long mirroredSize;

  // confined to the scheduler's thread
  private final Map<Chain, Long> sent = new HashMap<>();
  private final Map<Chain, Long> stuckAt = new HashMap<>();

  private record Chain(String agent, long epoch) {}

  /**
   * @param signer the gateway's statement key
   * @param mirrorConfigured true if receipts must wait for the mirror
   * @param scheduler of one thread
   */
  public ReceiptSender(
      String facility,
      Signer signer,
      boolean mirrorConfigured,
      EvidenceLog log,
      Appender appender,
      Problems problems,
      ScheduledExecutorService scheduler,
      MqttIntake intake) {
    this.facility = facility;
    this.signer = signer;
    this.mirrorConfigured = mirrorConfigured;
    this.log = log;
    this.appender = appender;
    this.problems = problems;
    this.scheduler = scheduler;
    this.sessions = intake::sessions;
  }

  public void start() {
    var unused =
        scheduler.scheduleWithFixedDelay(
            this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Takes note of a size that the mirror has cosigned. */
  public void mirrored(long size) {
    mirroredSize = Math.max(mirroredSize, size);
  }

  /** Sends the newest receipts again to an agent that begins to listen. */
  public void subscribed(String agent) {
    scheduler.execute(
        () -> {
          sent.keySet().removeIf(chain -> chain.agent().equals(agent));
          look();
        });
  }

  private void look() {
    long mirror = mirroredSize;
    var unused =
        appender
            .inspect(registry -> registry.progress(mirror))
            .thenAcceptAsync(progress -> tell(progress, mirror), scheduler)
            .exceptionally(
                e -> {
                  LOG.error("event=receipt.failed", e);
                  return null;
                });
  }

  private void tell(List<Progress> all, long mirror) {
    Map<String, AgentSession> listening = new HashMap<>();
    for (AgentSession session : sessions.get()) {
      if (session.isSubscribed()) {
        listening.put(session.agent().id(), session);
      }
    }
    for (Progress progress : all) {
      Chain chain = new Chain(progress.agent(), progress.epoch());
      watch(chain, progress);
      long through = mirrorConfigured ? progress.mirrored() : progress.contiguous();
      AgentSession session = listening.get(progress.agent());
      if (session != null && through > sent.getOrDefault(chain, 0L)) {
        Receipt receipt =
            new Receipt(
                facility,
                progress.agent(),
                progress.epoch(),
                through,
                mirrorConfigured ? mirror : log.size(),
                mirrorConfigured ? Receipt.State.MIRRORED : Receipt.State.LOGGED);
        session.sendReceipt(receipt.sign(signer));
        sent.put(chain, through);
      }
    }
  }

  /** A hole is a problem when the sequence before it has not moved between two looks. */
  private void watch(Chain chain, Progress progress) {
    String subject = chain.agent() + "/" + chain.epoch();
    Long before = stuckAt.get(chain);
    if (progress.contiguous() == progress.highest()) {
      stuckAt.remove(chain);
      if (before != null) {
        problems.clear("statement.hole", subject);
      }
      return;
    }
    if (before != null && before == progress.contiguous()) {
      if (problems.find("statement.hole", subject).filter(found -> !found.cleared()).isEmpty()) {
        problems.raise(
            "statement.hole",
            subject,
            Severity.WARNING,
            "sequences after %d are missing, up to %d has come"
                .formatted(progress.contiguous(), progress.highest()),
            "figures of that time may change when they come",
            "wait for the agent's backlog; if the agent has lost them, it must declare a gap");
      }
    }
    stuckAt.put(chain, progress.contiguous());
  }
}

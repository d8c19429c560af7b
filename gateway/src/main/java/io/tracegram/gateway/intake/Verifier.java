package io.tracegram.gateway.intake;

import io.tracegram.gateway.log.Appender;
import io.tracegram.gateway.log.Mailbox;
import io.tracegram.gateway.problem.Refusal;
import io.tracegram.gateway.problem.Refusal.Reason;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies published statements on a few threads; those of one agent stay in order. Thread-safe.
 *
 * <p>The steps go from cheap to dear, so that garbage costs little.
 */
final class Verifier {
  private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int BATCH = 64;

  private final Appender appender;
  private final List<Stripe> stripes = new ArrayList<>();
  private volatile boolean stopping;

  /** What an agent published. The payload is never changed. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Publication(AgentSession session, int packet, byte[] payload) {}

  private record Stripe(Mailbox<Publication> mailbox, Thread thread) {}

  Verifier(Appender appender, int threads) {
    this.appender = appender;
    for (int i = 0; i < threads; i++) {
      Mailbox<Publication> mailbox = new Mailbox<>();
      stripes.add(new Stripe(mailbox, new Thread(() -> run(mailbox), "verifier-" + i)));
    }
  }

  void start() {
    stripes.forEach(stripe -> stripe.thread().start());
  }

  /** Verifies what was put before, then ends; returns when it has. */
  void stop() {
    stopping = true;
    for (Stripe stripe : stripes) {
      try {
        stripe.thread().join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Puts a publication in its agent's line. */
  void verify(AgentSession session, int packet, byte[] payload) {
    stripes
        .get(session.agent().line() % stripes.size())
        .mailbox()
        .put(new Publication(session, packet, payload));
  }

  private void run(Mailbox<Publication> mailbox) {
    List<Publication> batch = new ArrayList<>();
    while (true) {
      boolean last = stopping;
      batch.clear();
      mailbox.take(batch, BATCH, IDLE_NANOS);
      for (Publication publication : batch) {
        try {
          verify(publication);
        } catch (RuntimeException e) {
          LOG.error("event=verifier.failed agent={}", publication.session().agent().id(), e);
          publication
              .session()
              .refused(
                  publication.packet(),
                  new Refusal(Reason.MALFORMED, "the gateway could not read the statement"));
        }
      }
      if (last && batch.isEmpty()) {
        return;
      }
    }
  }

  private void verify(Publication publication) {
    AgentSession session = publication.session();
    SignedStatement signed;
    try {
      signed = SignedStatement.parse(publication.payload());
    } catch (MalformedException e) {
      session.refused(
          publication.packet(), new Refusal(Reason.MALFORMED, String.valueOf(e.getMessage())));
      return;
    }
    Optional<Refusal> refusal = check(signed, session.agent());
    if (refusal.isPresent()) {
      session.refused(publication.packet(), refusal.get());
    } else {
      appender.append(signed, session, publication.packet());
    }
  }

  private static Optional<Refusal> check(SignedStatement signed, Agent agent) {
    Statement statement = signed.statement();
    // attacker: an agent that speaks for another, or replays another plant's statements
    if (!statement.facility().equals(agent.facility()) || !statement.agent().equals(agent.id())) {
      return refusal(
          Reason.FOREIGN,
          "said by %s of %s, published by %s of %s"
              .formatted(statement.agent(), statement.facility(), agent.id(), agent.facility()));
    }
    // attacker: an agent that plays the gateway
    if (statement.body().kind().author() != Kind.Author.AGENT) {
      return refusal(Reason.NOT_AN_AGENTS, statement.body().kind() + " is the gateway's to say");
    }
    // attacker: a key of one's own under another's name
    if (!signed.keyId().equals(agent.key().keyId())) {
      return refusal(
          Reason.UNKNOWN_KEY, "key " + signed.keyId() + " is not registered for " + agent.id());
    }
    // attacker: changed bytes under the right name
    if (!signed.isSignedBy(agent.key())) {
      return refusal(
          Reason.BAD_SIGNATURE,
          "sequence %d of epoch %d does not verify"
              .formatted(statement.sequence(), statement.epoch()));
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refusal(Reason reason, String detail) {
    return Optional.of(new Refusal(reason, detail));
  }
}

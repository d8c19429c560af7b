package io.tracegram.gateway.timestamp;

import io.tracegram.gateway.problem.Counters;
import io.tracegram.gateway.problem.Problems;
import io.tracegram.gateway.problem.Severity;
import io.tracegram.gateway.replicate.Backoff;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.runtime.config.TimestampSource;
import io.tracegram.runtime.timestamp.TimestampRequest;
import io.tracegram.runtime.timestamp.TimestampStore;
import io.tracegram.runtime.timestamp.TimestampVerdict;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has one authority stamp one checkpoint in each period. Confined to its thread. */
final class Stamping {
  private static final Logger LOG = LoggerFactory.getLogger(Stamping.class);
  private static final String OVERDUE = "evidence.timestamp-overdue";
  private static final String REFUSED = "evidence.timestamp-refused";
  private static final long OVERDUE_MILLIS = Duration.ofHours(24).toMillis();
  private static final long MAX_CLOCK_ERROR_MILLIS = Duration.ofHours(1).toMillis();
  private static final int NONCE_BITS = 64;

  private final TimestampSource source;
  private final Surroundings around;
  private final DueFile due;
  private final Backoff backoff;

  /**
   * What all authorities share.
   *
   * @param candidates checkpoints to stamp, the one most worth it first
   * @param stamped told of each new verified token
   */
  record Surroundings(
      TimestampStore store,
      AuthorityClient client,
      Clock clock,
      SecureRandom random,
      Counters counters,
      Problems problems,
      Supplier<List<SignedNote>> candidates,
      Consumer<Stamp> stamped) {}

  Stamping(TimestampSource source, Surroundings around, DueFile due, Backoff backoff) {
    this.source = source;
    this.around = around;
    this.due = due;
    this.backoff = backoff;
  }

  /**
   * Chooses this period's checkpoint if that is not done, then asks for what is due, oldest first.
   *
   * @return how long to wait before the next call; empty to wait for a checkpoint or a new period
   */
  Optional<Duration> step() throws InterruptedException {
    try {
      choose();
      Optional<DueFile.Due> oldest = due.oldest();
      if (oldest.isEmpty()) {
        return Optional.empty();
      }
      stamp(oldest.get());
      backoff.reset();
      return Optional.of(Duration.ZERO);
    } catch (IOException e) {
      overdue(String.valueOf(e.getMessage()));
      return Optional.of(backoff.next());
    }
  }

  /** Returns how long the current period still lasts. */
  Duration untilNextPeriod() {
    long every = source.every().toMillis();
    return Duration.ofMillis(every - Math.floorMod(around.clock().millis(), every));
  }

  String name() {
    return source.authority().name();
  }

  /** A period without a new checkpoint stays open for the first that comes. */
  private void choose() throws IOException {
    long period = Math.floorDiv(around.clock().millis(), source.every().toMillis());
    List<SignedNote> candidates = around.candidates().get();
    if (candidates.isEmpty() || period == due.chosenPeriod()) {
      return;
    }
    for (SignedNote candidate : candidates) {
      long size = Checkpoint.parse(candidate.text()).size();
      if (size > 0 && !due.holds(size) && !around.store().has(size, name())) {
        around.store().keep(candidate);
        due.choose(period, new DueFile.Due(size, around.clock().millis()));
        return;
      }
    }
  }

  private void stamp(DueFile.Due entry) throws IOException, InterruptedException {
    Optional<SignedNote> note = around.store().checkpoint(entry.size());
    if (note.isEmpty() || around.store().has(entry.size(), name())) {
      due.done();
      return;
    }
    TimestampRequest request =
        source.authority().request(note.get(), new BigInteger(NONCE_BITS, around.random()));
    byte[] answer = around.client().ask(source.url(), request.encoded().bytes());
    switch (source.authority().judge(request, answer)) {
      case TimestampVerdict.Proven proven -> {
        checkTime(proven);
        around.store().put(entry.size(), name(), answer);
        due.done();
        LOG.info(
            "event=timestamp.stored authority={} size={} time={}",
            name(),
            entry.size(),
            proven.genTimeMillis());
        around.stamped().accept(new Stamp(entry.size(), proven));
        around.problems().clear(REFUSED, name());
        around.problems().clear(OVERDUE, name());
      }
      case TimestampVerdict.Refused refused -> refuse(refused.reason());
    }
  }

  /** Attacker: an authority, or whoever set this gateway's clock, that moves the time. */
  private void checkTime(TimestampVerdict.Proven proven) throws IOException {
    long off = proven.genTimeMillis() - around.clock().millis();
    if (Math.abs(off) > MAX_CLOCK_ERROR_MILLIS) {
      refuse("its time is " + Duration.ofMillis(off) + " off this gateway's clock");
    }
  }

  private void refuse(String reason) throws IOException {
    around.counters().countRefused("timestamp.refused");
    around
        .problems()
        .raise(
            REFUSED,
            name(),
            Severity.WARNING,
            reason,
            "the answer is not kept; the checkpoint waits for a timestamp",
            "compare url, anchor and policy in gateway.yaml with what the authority publishes; it is"
                + " asked again by itself");
    throw new IOException("the answer was refused: " + reason);
  }

  private void overdue(String reason) {
    LOG.warn(
        "event=timestamp.failed authority={} due={} reason=\"{}\"", name(), due.size(), reason);
    boolean late =
        due.oldest()
            .map(entry -> around.clock().millis() - entry.sinceMillis() > OVERDUE_MILLIS)
            .orElse(false);
    if (late) {
      around
          .problems()
          .raise(
              OVERDUE,
              name(),
              Severity.WARNING,
              due.size() + " checkpoint(s) wait for a timestamp: " + reason,
              "that the log is not younger than it says rests on mirror and witnesses alone",
              "check that the authority is reachable from this gateway; it is asked again by"
                  + " itself");
    }
  }
}

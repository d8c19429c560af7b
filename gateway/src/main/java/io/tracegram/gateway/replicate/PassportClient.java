package io.tracegram.gateway.replicate;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.statement.Body;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls the passports of received lots, and later those of lots that their makers restated, on one
 * virtual thread. Thread-safe.
 */
public final class PassportClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PassportClient.class);

  /** Rounds from one question about restated lots to the next. */
  private static final int RESTATED_EVERY = 10;

  private final PassportDesk desk;
  private final Receiver receiver;
  private final Clock clock;
  private final Duration pause;
  private final Transport transport = new Transport();
  private final Set<LotId> delivered = new HashSet<>();
  private final Map<String, Long> heardOf = new HashMap<>();
  private int round;

  /** What went wrong when restated lots were asked for last. */
  private Optional<String> restatedFailed = Optional.empty();

  private Optional<String> error = Optional.empty();
  private Optional<Instant> since = Optional.empty();
  private boolean closed;
  private Optional<Thread> thread = Optional.empty();

  /** The accounts that passports are for; called on the client's thread. */
  public interface Receiver {
    /** Returns the lots that wait for a passport. */
    List<LotId> wanted();

    /** Returns those lots that rest on an earlier revision of their maker's account. */
    List<LotId> outdated(String facility, Map<LotId, Integer> revisions);

    /** Says whether a passport would count. */
    boolean takes(PassportDesk.Verdict.Accepted passport);

    /** Takes a verified passport. */
    void received(Body.LotPassport passport);
  }

  /**
   * @param pause between two rounds
   */
  public PassportClient(PassportDesk desk, Receiver receiver, Clock clock, Duration pause) {
    this.desk = desk;
    this.receiver = receiver;
    this.clock = clock;
    this.pause = pause;
  }

  public synchronized void start() {
    thread = Optional.of(Thread.ofVirtual().name("passports").start(this::poll));
  }

  /** Returns what goes wrong now and what to do; empty while all goes well. */
  public synchronized Optional<String> error() {
    return error;
  }

  /** Returns when that began. */
  public synchronized Optional<Instant> errorSince() {
    return since;
  }

  @Override
  public void close() {
    Optional<Thread> running;
    synchronized (this) {
      closed = true;
      notifyAll();
      running = thread;
    }
    transport.close();
    running.ifPresent(Thread::interrupt);
  }

  private void poll() {
    try {
      while (waitRound()) {
        try {
          tell(round());
        } catch (RuntimeException e) {
          LOG.error("event=passport.broken", e);
          tell(Optional.of("the program failed: " + e));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks for each lot that waits, now and then for restated ones; returns what went wrong. */
  private Optional<String> round() throws InterruptedException {
    List<LotId> lots = receiver.wanted();
    delivered.retainAll(lots);
    Optional<String> failed = Optional.empty();
    for (LotId lot : lots) {
      if (!delivered.contains(lot)) {
        Optional<String> wrong = pull(lot);
        failed = wrong.isPresent() ? wrong : failed;
      }
    }
    if (round++ % RESTATED_EVERY == 0) {
      restatedFailed = restated();
    }
    return failed.isPresent() ? failed : restatedFailed;
  }

  private Optional<String> restated() throws InterruptedException {
    Optional<String> failed = Optional.empty();
    for (PassportDesk.Supplier supplier : desk.suppliers()) {
      if (supplier.cloud().isPresent()) {
        Optional<String> wrong = restated(supplier, supplier.cloud().get());
        failed = wrong.isPresent() ? wrong : failed;
      }
    }
    return failed;
  }

  /** Asks every supplier for a lot's passport; returns what went wrong. */
  private Optional<String> pull(LotId lot) throws InterruptedException {
    Optional<String> failed = Optional.empty();
    for (PassportDesk.Supplier supplier : desk.suppliers()) {
      if (supplier.cloud().isEmpty()) {
        continue; // its passports come as files
      }
      try {
        Optional<PassportDesk.Verdict.Accepted> passport =
            ask(supplier, supplier.cloud().get(), lot);
        if (passport.isPresent()) {
          accept(passport.get());
          delivered.add(lot);
          return Optional.empty();
        }
        // not this supplier's, or not final yet: asked again in the next round
      } catch (IOException e) {
        failed = Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return failed;
  }

  /** Takes new passports of what a supplier restated since it was asked last. */
  private Optional<String> restated(PassportDesk.Supplier supplier, URI cloud)
      throws InterruptedException {
    long after = heardOf.getOrDefault(supplier.facility(), -1L);
    try {
      RestatedLots page = restatedAfter(supplier, cloud, after);
      for (LotId lot : receiver.outdated(supplier.facility(), page.revisions())) {
        Optional<PassportDesk.Verdict.Accepted> passport = ask(supplier, cloud, lot);
        if (passport.isPresent() && receiver.takes(passport.get())) {
          accept(passport.get());
        }
      }
      heardOf.put(supplier.facility(), page.next());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private RestatedLots restatedAfter(PassportDesk.Supplier supplier, URI cloud, long after)
      throws IOException, InterruptedException {
    URI uri = uri(cloud, "restatements", supplier, "after=" + after);
    Transport.Answer answer = transport.get(uri);
    return switch (answer.status()) {
      case 200 ->
          RestatedLots.read(answer.body(), after)
              .orElseThrow(() -> new IOException(uri + " gives no list of restated lots"));
      case 404 -> new RestatedLots(Map.of(), after); // a service that tells nothing of them
      default -> throw answer.unexpected(uri);
    };
  }

  /** Returns a supplier's passport of a lot; empty if it has none. */
  private Optional<PassportDesk.Verdict.Accepted> ask(
      PassportDesk.Supplier supplier, URI cloud, LotId lot)
      throws IOException, InterruptedException {
    URI uri =
        uri(
            cloud,
            "passports",
            supplier,
            "lot=" + URLEncoder.encode(lot.path(), StandardCharsets.UTF_8));
    Transport.Answer answer = transport.get(uri);
    return switch (answer.status()) {
      case 200 -> Optional.of(judged(uri, lot, answer.body()));
      case 404 -> Optional.empty();
      default -> throw answer.unexpected(uri);
    };
  }

  private static URI uri(URI cloud, String what, PassportDesk.Supplier supplier, String more) {
    return URI.create(
        "%s/api/v1/%s?facility=%s&%s"
            .formatted(
                cloud.toString().replaceAll("/+$", ""),
                what,
                URLEncoder.encode(supplier.facility(), StandardCharsets.UTF_8),
                more));
  }

  private PassportDesk.Verdict.Accepted judged(URI uri, LotId lot, String json) throws IOException {
    return switch (desk.judge(json)) {
      case PassportDesk.Verdict.Refused(String reason) ->
          throw new IOException("what " + uri + " gives as a passport " + reason);
      case PassportDesk.Verdict.Accepted passport when !passport.lot().equals(lot) ->
          throw new IOException(uri + " gives the passport of " + passport.lot());
      case PassportDesk.Verdict.Accepted passport -> passport;
    };
  }

  private void accept(PassportDesk.Verdict.Accepted passport) {
    receiver.received(passport.passport());
    LOG.info(
        "event=passport.received lot={} facility={} revision={}",
        passport.lot(),
        passport.facility(),
        passport.account().revision());
  }

  private synchronized boolean waitRound() throws InterruptedException {
    long end = System.nanoTime() + pause.toNanos();
    for (long left = pause.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
      wait(Math.max(1, left / 1_000_000));
    }
    return !closed;
  }

  private synchronized void tell(Optional<String> failed) {
    if (failed.isPresent() && error.isEmpty()) {
      LOG.warn("event=passport.failed reason=\"{}\"", failed.get());
      since = Optional.of(clock.instant());
    } else if (failed.isEmpty()) {
      since = Optional.empty();
    }
    error = failed;
  }
}

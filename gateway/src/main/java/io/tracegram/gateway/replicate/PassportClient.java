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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pulls the passports of received lots, on one virtual thread. Thread-safe. */
public final class PassportClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PassportClient.class);
  private static final Duration ROUND = Duration.ofSeconds(1);

  private final PassportDesk desk;
  private final Supplier<List<LotId>> wanted;
  private final Consumer<Body.LotPassport> received;
  private final Clock clock;
  private final Transport transport = new Transport();
  private final Set<LotId> delivered = new HashSet<>();
  private Optional<String> error = Optional.empty();
  private Optional<Instant> since = Optional.empty();
  private boolean closed;
  private Optional<Thread> thread = Optional.empty();

  /**
   * @param wanted gives the lots that wait for a passport; called on the client's thread
   * @param received takes each verified passport once; called on the client's thread
   */
  public PassportClient(
      PassportDesk desk,
      Supplier<List<LotId>> wanted,
      Consumer<Body.LotPassport> received,
      Clock clock) {
    this.desk = desk;
    this.wanted = wanted;
    this.received = received;
    this.clock = clock;
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

  /** Asks for each lot that waits; returns what went wrong. */
  private Optional<String> round() throws InterruptedException {
    List<LotId> lots = wanted.get();
    delivered.retainAll(lots);
    Optional<String> failed = Optional.empty();
    for (LotId lot : lots) {
      if (!delivered.contains(lot)) {
        Optional<String> wrong = pull(lot);
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
      URI uri =
          URI.create(
              supplier.cloud().get().toString().replaceAll("/+$", "")
                  + "/api/v1/passports?facility="
                  + URLEncoder.encode(supplier.facility(), StandardCharsets.UTF_8)
                  + "&lot="
                  + URLEncoder.encode(lot.path(), StandardCharsets.UTF_8));
      try {
        Transport.Answer answer = transport.get(uri);
        switch (answer.status()) {
          case 200 -> {
            accept(uri, lot, answer.body());
            return Optional.empty();
          }
          case 404 -> {
            // not this supplier's, or not final yet: asked again in the next round
          }
          default -> throw answer.unexpected(uri);
        }
      } catch (IOException e) {
        failed = Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return failed;
  }

  private void accept(URI uri, LotId lot, String json) throws IOException {
    switch (desk.judge(json)) {
      case PassportDesk.Verdict.Refused(String reason) ->
          throw new IOException("what " + uri + " gives as a passport " + reason);
      case PassportDesk.Verdict.Accepted(var passport, String facility, LotId of) -> {
        if (!of.equals(lot)) {
          throw new IOException(uri + " gives the passport of " + of);
        }
        received.accept(passport);
        delivered.add(lot);
        LOG.info("event=passport.received lot={} facility={}", lot, facility);
      }
    }
  }

  private synchronized boolean waitRound() throws InterruptedException {
    long end = System.nanoTime() + ROUND.toNanos();
    for (long left = ROUND.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
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

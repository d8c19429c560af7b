package io.tracegram.gateway.replicate;

import io.tracegram.ledger.account.KeyBook;
import io.tracegram.ledger.account.PassportCheck;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls the passports of received lots, verified against the suppliers' configured keys, on one
 * virtual thread. Thread-safe.
 */
public final class PassportClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PassportClient.class);
  private static final Duration ROUND = Duration.ofSeconds(1);

  private final List<Supplier> suppliers;
  private final java.util.function.Supplier<List<LotId>> wanted;
  private final Consumer<Body.LotPassport> received;
  private final Clock clock;
  private final KeyBook keys = new KeyBook();
  private final Transport transport = new Transport();
  private final Set<LotId> delivered = new HashSet<>();
  private Optional<String> error = Optional.empty();
  private Optional<Instant> since = Optional.empty();
  private boolean closed;
  private Optional<Thread> thread = Optional.empty();

  /**
   * A facility whose lots arrive here.
   *
   * @param log verifies the checkpoints of its log
   * @param gateway verifies its gateway's statements
   * @param cloud base URL of the service that hands out its passports
   * @param policy what its log's checkpoint must carry
   */
  public record Supplier(
      String facility, NoteKey log, PublicKey gateway, URI cloud, TlogPolicy policy) {}

  /**
   * @param wanted gives the lots that wait for a passport; called on the client's thread
   * @param received takes each verified passport once; called on the client's thread
   */
  public PassportClient(
      List<Supplier> suppliers,
      java.util.function.Supplier<List<LotId>> wanted,
      Consumer<Body.LotPassport> received,
      Clock clock) {
    this.suppliers = List.copyOf(suppliers);
    this.wanted = wanted;
    this.received = received;
    this.clock = clock;
    for (Supplier supplier : suppliers) {
      keys.register(
          new Body.KeyRegistered(
              KeyRole.SUPPLIER_LOG, supplier.log().name(), supplier.log().key()));
      keys.register(
          new Body.KeyRegistered(
              KeyRole.SUPPLIER_GATEWAY, supplier.facility(), supplier.gateway()));
    }
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
    for (Supplier supplier : suppliers) {
      URI uri =
          URI.create(
              supplier.cloud().toString().replaceAll("/+$", "")
                  + "/api/v1/passports?facility="
                  + URLEncoder.encode(supplier.facility(), StandardCharsets.UTF_8)
                  + "&lot="
                  + URLEncoder.encode(lot.path(), StandardCharsets.UTF_8));
      try {
        Transport.Answer answer = transport.get(uri);
        switch (answer.status()) {
          case 200 -> {
            accept(uri, supplier, lot, answer.body());
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

  private void accept(URI uri, Supplier supplier, LotId lot, String json) throws IOException {
    Body.LotPassport passport = parse(uri, json);
    switch (PassportCheck.check(passport, keys)) {
      case PassportCheck.Verdict.Refused(String reason) ->
          throw new IOException(uri + " gives a passport that does not verify: " + reason);
      case PassportCheck.Verdict.Accepted(String facility, var account) -> {
        if (!account.lot().equals(lot)) {
          throw new IOException(uri + " gives the passport of " + account.lot());
        }
        TlogProof proof =
            TlogProof.parse(new String(passport.proof().bytes(), StandardCharsets.UTF_8));
        Optional<String> refusal = supplier.policy().judge(proof.checkpoint()).refusal();
        if (refusal.isPresent()) {
          throw new IOException(
              uri + " gives a passport that our policy does not accept yet: " + refusal.get());
        }
        received.accept(passport);
        delivered.add(lot);
        LOG.info("event=passport.received lot={} facility={}", lot, facility);
      }
    }
  }

  private static Body.LotPassport parse(URI uri, String json) throws IOException {
    try {
      JsonObject passport = new JsonObject(json);
      String leaf = passport.getString("leaf", "");
      String proof = passport.getString("proof", "");
      return new Body.LotPassport(
          Content.of(Base64.getDecoder().decode(leaf)),
          Content.of(proof.getBytes(StandardCharsets.UTF_8)));
    } catch (DecodeException
        | ClassCastException
        | IllegalArgumentException
        | MalformedException e) {
      throw new IOException(uri + " gives something that is no passport", e);
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

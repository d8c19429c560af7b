package io.tracegram.cloud.declaration;

import io.tracegram.cloud.inventory.LotQueries;
import io.tracegram.cloud.inventory.StoreException;
import io.tracegram.cloud.inventory.StoredLot;
import io.tracegram.cloud.log.CloudLog;
import io.tracegram.cloud.log.Draft;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.statement.Body.ProductDeclared;
import io.tracegram.ledger.evidence.statement.Body.ProductDeclared.AccountLeaf;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.runtime.log.LogFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes each declaration in the central service's log as soon as all it rests on is audited,
 * and again when it has changed. Thread-safe; its work happens on one thread.
 */
public final class DeclarationPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeclarationPublisher.class);
  private static final Duration ROUND = Duration.ofMillis(500);

  private final CloudLog log;
  private final AuditedReadModel model;
  private final LotQueries lots;
  private final Set<LotId> stale;
  private final Map<String, Long> published = new HashMap<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("declare").unstarted(this::run);
  private boolean closed;
  private boolean failing;

  /**
   * @param facilities whose items are declared
   * @param stale items to look at again; thread-safe
   */
  public DeclarationPublisher(
      CloudLog log,
      AuditedReadModel model,
      LotQueries lots,
      List<String> facilities,
      Set<LotId> stale) {
    this.log = log;
    this.model = model;
    this.lots = lots;
    this.stale = stale;
    facilities.forEach(facility -> published.put(facility, -1L));
  }

  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (pause()) {
      try {
        for (String facility : List.copyOf(published.keySet())) {
          follow(facility);
        }
        for (LotId item : List.copyOf(stale)) {
          model.declaration(item).filter(model::isAudited).ifPresent(this::publish);
          stale.remove(item);
        }
        failing = false;
      } catch (StoreException | LogFailedException | PublishingFailed e) {
        if (!failing) {
          LOG.error("event=declaration.not-published", e);
        }
        failing = true;
      }
    }
  }

  /** Publishes the items of a facility in the order of their accounts, up to what is audited. */
  private void follow(String facility) {
    List<StoredLot> items;
    do {
      items = lots.itemsAfter(facility, published.getOrDefault(facility, -1L));
      for (StoredLot item : items) {
        Optional<Declaration> declaration = model.declaration(item.account().lot());
        if (declaration.isPresent()) {
          if (!model.isAudited(declaration.get())) {
            return;
          }
          publish(declaration.get());
        }
        published.put(facility, item.leaf());
      }
    } while (!items.isEmpty());
  }

  private void publish(Declaration declaration) {
    List<AccountLeaf> accounts =
        declaration
            .proofs()
            .map(evidence -> new AccountLeaf(evidence.origin(), evidence.leafIndex()))
            .distinct()
            .limit(ProductDeclared.MAX_ACCOUNTS)
            .toList();
    try {
      log.publish(
          new Draft(
              declaration.item().path(),
              Content.of(LinkedData.document(declaration)),
              declaration.facility(),
              accounts,
              declaration.own(),
              declaration.inherited(),
              declaration.total()));
    } catch (IOException e) {
      throw new PublishingFailed(e);
    }
  }

  private static final class PublishingFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    PublishingFailed(IOException cause) {
      super(cause);
    }
  }

  /** Waits a round; returns false when it is over. */
  private synchronized boolean pause() {
    long end = System.nanoTime() + ROUND.toNanos();
    try {
      for (long left = ROUND.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
        wait(Math.max(1, left / 1_000_000));
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

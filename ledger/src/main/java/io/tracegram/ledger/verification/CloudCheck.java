package io.tracegram.ledger.verification;

import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a central service's own log: one author, one service, of each product revisions 1,
 * 2, 3… whose figures add up, and captured documents that are whole. Facility accounts do not
 * apply. Single-threaded.
 */
public final class CloudCheck {
  private final Optional<PublicKey> pinned;
  private final List<PublicKey> keys = new ArrayList<>();
  private final Map<String, Long> revisions = new HashMap<>();
  private String service = "";
  private final DocumentParts parts = new DocumentParts();
  private long declarations;
  private long captures;

  CloudCheck(Optional<PublicKey> pinned) {
    this.pinned = pinned;
  }

  /** Says whether a first statement begins the log of a central service. */
  static boolean begins(SignedStatement first) {
    return first.statement().body() instanceof Body.KeyRegistered registered
        && registered.role() == KeyRole.CLOUD;
  }

  /** Returns the name of the service, under which all its statements stand. */
  public String service() {
    return service;
  }

  /** Returns how many products are declared. */
  public long products() {
    return revisions.size();
  }

  /** Returns how many declarations there are, all revisions counted. */
  public long declarations() {
    return declarations;
  }

  /** Returns how many documents of other systems' events there are. */
  public long captures() {
    return captures;
  }

  /**
   * Judges who said it.
   *
   * @param signer whose key was found to verify before; empty if none was tried
   */
  Optional<Finding> author(long index, SignedStatement signed, Optional<PublicKey> signer) {
    Statement statement = signed.statement();
    // attacker: leaves of a gateway's or an agent's log, properly signed there
    if (!statement.agent().equals(Statement.CLOUD)) {
      return finding(index, Finding.Step.AUTHOR, statement.agent() + " has no say in this log");
    }
    if (index == 0) {
      service = statement.facility();
      genesis(statement.body());
    } else if (!service.equals(statement.facility())) {
      return finding(index, Finding.Step.AUTHOR, "is of " + statement.facility());
    }
    Optional<PublicKey> named =
        keys.stream().filter(key -> key.keyId().equals(signed.keyId())).findFirst();
    if (named.isEmpty()) {
      return finding(
          index, Finding.Step.AUTHOR, "key " + signed.keyId() + " is not registered before it");
    }
    return signer.equals(named) || signed.isSignedBy(named.get())
        ? Optional.empty()
        : finding(index, Finding.Step.SIGNATURE, "the signature is not that of its key");
  }

  /** The log begins with the service's own key, signed by itself and equal to the pinned one. */
  private void genesis(Body body) {
    if (body instanceof Body.KeyRegistered registered
        && pinned.map(registered.key()::equals).orElse(true)) {
      keys.add(registered.key());
    }
  }

  /** Takes what an author whose signature is right says. */
  Optional<Finding> said(long index, Body body) {
    return switch (body) {
      case Body.KeyRegistered registered when registered.role() == KeyRole.CLOUD -> {
        if (!keys.contains(registered.key())) {
          keys.add(registered.key());
        }
        yield Optional.empty();
      }
      case Body.Calculator _ -> Optional.empty();
      case Body.ProductDeclared declared -> declared(index, declared);
      case Body.Part part ->
          parts.take(part)
              ? Optional.empty()
              : finding(
                  index, Finding.Step.SEQUENCE, "is not the next part of a document before it");
      case Body.EpcisCapture captured -> captured(index, captured);
      case Body.KeyRegistered _,
          Body.Readings _,
          Body.Weight _,
          Body.Scan _,
          Body.TagRead _,
          Body.Gap _,
          Body.Heartbeat _,
          Body.DeviceStatus _,
          Body.PlantModelDeclared _,
          Body.FactorSetDeclared _,
          Body.Imported _,
          Body.ManualEntry _,
          Body.Approval _,
          Body.PeriodClose _,
          Body.IntervalClose _,
          Body.LotPassport _,
          Body.SupplierFootprint _,
          Body.MaterialClaimed _,
          Body.ClaimWithdrawn _,
          Body.Derived _ ->
          finding(index, Finding.Step.AUTHOR, "a central service does not say " + body.kind());
    };
  }

  private Optional<Finding> captured(long index, Body.EpcisCapture captured) {
    // attacker: names a document whose bytes nobody can read any more
    if (!parts.give(captured.document())) {
      return finding(index, Finding.Step.SHAPE, "the parts before it are not its document");
    }
    captures++;
    return Optional.empty();
  }

  private Optional<Finding> declared(long index, Body.ProductDeclared declared) {
    long before = revisions.getOrDefault(declared.product(), 0L);
    // attacker: drops a revision, or publishes one number twice with different figures
    if (declared.revision() != before + 1) {
      return finding(
          index,
          Finding.Step.SEQUENCE,
          "revision %d of %s follows revision %d"
              .formatted(declared.revision(), declared.product(), before));
    }
    long own = declared.own().micrograms();
    long inherited = declared.inherited().micrograms();
    long sum = own + inherited;
    boolean overflown = ((own ^ sum) & (inherited ^ sum)) < 0;
    if (overflown || sum != declared.total().micrograms()) {
      return finding(index, Finding.Step.ACCOUNT, "own and inherited do not add up to the total");
    }
    revisions.put(declared.product(), declared.revision());
    declarations++;
    return Optional.empty();
  }

  private static Optional<Finding> finding(long index, Finding.Step step, String reason) {
    return Optional.of(new Finding(index, step, reason));
  }
}

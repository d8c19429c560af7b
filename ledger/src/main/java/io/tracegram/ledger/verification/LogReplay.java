package io.tracegram.ledger.verification;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.state.StateCodec;
import java.util.List;
import java.util.Optional;

/**
 * Replays a log as an auditor: every leaf passes each check before it reaches the accounts.
 * Single-threaded; stops believing at the first finding.
 */
public final class LogReplay {
  private final Optional<PublicKey> pinnedGateway;
  private final FacilityLedger ledger;
  private final SequenceCheck sequences;
  private final DocumentCheck documents;
  private Optional<CloudCheck> cloud = Optional.empty();
  private String facility = "";
  private long next;

  /**
   * Starts at the first leaf.
   *
   * @param pinnedGateway statement key of the gateway, or of the central service in its own log,
   *     known from elsewhere; empty to take the one that the log itself names, which then proves
   *     only that the log agrees with itself
   */
  public LogReplay(Optional<PublicKey> pinnedGateway) {
    this(pinnedGateway, DocumentCheck.NONE);
  }

  /**
   * Starts at the first leaf.
   *
   * @param documents compares what was extracted of documents with the documents
   */
  public LogReplay(Optional<PublicKey> pinnedGateway, DocumentCheck documents) {
    this(pinnedGateway, documents, new FacilityLedger(), new SequenceCheck());
  }

  private LogReplay(
      Optional<PublicKey> pinnedGateway,
      DocumentCheck documents,
      FacilityLedger ledger,
      SequenceCheck sequences) {
    this.pinnedGateway = pinnedGateway;
    this.documents = documents;
    this.ledger = ledger;
    this.sequences = sequences;
  }

  private record State(
      Optional<PublicKey> pinned,
      Content ledger,
      SequenceCheck.State sequences,
      String facility,
      long next) {}

  /** Returns all that the leaves of a facility's log left behind, none of which had a finding. */
  public byte[] snapshot() {
    if (cloud.isPresent()) {
      throw new IllegalStateException("a central service's log is short enough to be replayed");
    }
    return StateCodec.write(
        new State(pinnedGateway, Content.of(ledger.snapshot()), sequences.state(), facility, next));
  }

  /**
   * Goes on where a replay was when its snapshot was taken by this same program.
   *
   * @param pinnedGateway must be the one that the replay began with
   * @throws MalformedException if it is no snapshot of such a replay
   */
  public static LogReplay restore(Optional<PublicKey> pinnedGateway, byte[] snapshot) {
    return restore(pinnedGateway, DocumentCheck.NONE, snapshot);
  }

  /** Goes on, and compares what is extracted of documents with the documents. */
  public static LogReplay restore(
      Optional<PublicKey> pinnedGateway, DocumentCheck documents, byte[] snapshot) {
    State state = StateCodec.read(State.class, snapshot);
    if (!state.pinned.equals(pinnedGateway)) {
      throw new MalformedException("the snapshot was taken under another key");
    }
    LogReplay replay =
        new LogReplay(
            pinnedGateway,
            documents,
            FacilityLedger.restore(state.ledger.bytes()),
            new SequenceCheck(state.sequences));
    replay.facility = state.facility;
    replay.next = state.next;
    return replay;
  }

  /** Takes the next leaf's bytes; returns the first thing that is wrong with it. */
  public Optional<Finding> next(byte[] encoded) {
    return next(LeafCheck.of(encoded));
  }

  /**
   * Takes the next leaf, read and perhaps checked before; returns the first thing wrong with it.
   */
  public Optional<Finding> next(LeafCheck checked) {
    long index = next++;
    return switch (checked) {
      case LeafCheck.Malformed(String reason) -> finding(index, Finding.Step.SHAPE, reason);
      case LeafCheck.WellFormed(Leaf leaf, Optional<PublicKey> signer) -> {
        if (index == 0 && CloudCheck.begins(leaf.statement())) {
          cloud = Optional.of(new CloudCheck(pinnedGateway));
        }
        yield author(index, leaf.statement(), signer)
            .or(() -> sequences.next(index, leaf.statement()))
            .or(() -> said(index, leaf));
      }
    };
  }

  private Optional<Finding> author(long index, SignedStatement signed, Optional<PublicKey> signer) {
    return cloud.isPresent()
        ? cloud.get().author(index, signed, signer)
        : facilityAuthor(index, signed, signer);
  }

  private Optional<Finding> said(long index, Leaf leaf) {
    return cloud.isPresent()
        ? cloud.get().said(index, leaf.statement().statement().body())
        : account(index, leaf);
  }

  /** Returns what a central service's own log says; empty in the log of a facility. */
  public Optional<CloudCheck> cloud() {
    return cloud;
  }

  /** Returns the accounts of the leaves so far. */
  public FacilityLedger ledger() {
    return ledger;
  }

  /** Returns how many agents have statements missing before others that are there. */
  public long holes() {
    return sequences.holes();
  }

  private Optional<Finding> facilityAuthor(
      long index, SignedStatement signed, Optional<PublicKey> signer) {
    Statement statement = signed.statement();
    Kind.Author author = statement.body().kind().author();
    boolean gateway = statement.agent().equals(Statement.GATEWAY);
    // attacker: an agent that says what only the gateway may say, or the other way round
    if (author != (gateway ? Kind.Author.GATEWAY : Kind.Author.AGENT)) {
      return finding(
          index,
          Finding.Step.AUTHOR,
          statement.agent() + " may not say " + statement.body().kind());
    }
    // attacker: leaves of another facility, properly signed there
    if (index == 0) {
      facility = statement.facility();
    } else if (!facility.equals(statement.facility())) {
      return finding(index, Finding.Step.AUTHOR, "is of facility " + statement.facility());
    }
    List<PublicKey> keys =
        index == 0
            ? genesis(statement)
            : ledger.keys().of(gateway ? KeyRole.GATEWAY : KeyRole.AGENT, statement.agent());
    Optional<PublicKey> named =
        keys.stream().filter(key -> key.keyId().equals(signed.keyId())).findFirst();
    if (named.isEmpty()) {
      return finding(
          index,
          Finding.Step.AUTHOR,
          "key " + signed.keyId() + " is not registered for " + statement.agent() + " before it");
    }
    if (!signer.equals(named) && !signed.isSignedBy(named.get())) {
      return finding(index, Finding.Step.SIGNATURE, "the signature is not that of its key");
    }
    return Optional.empty();
  }

  /** A log begins with the gateway's own key, signed by itself and equal to the pinned one. */
  private List<PublicKey> genesis(Statement statement) {
    if (statement.body() instanceof Body.KeyRegistered registered
        && registered.role() == KeyRole.GATEWAY
        && pinnedGateway.map(registered.key()::equals).orElse(true)) {
      return List.of(registered.key());
    }
    return List.of();
  }

  private Optional<Finding> account(long index, Leaf leaf) {
    long mismatches = ledger.derivedMismatches();
    Optional<String> misread = misread(leaf.statement().statement().body());
    if (misread.isPresent()) {
      return finding(index, Finding.Step.ACCOUNT, misread.get());
    }
    try {
      ledger.apply(index, leaf);
    } catch (RuntimeException e) {
      // whatever hostile input finds in the rules is a finding about its leaf, not our end
      return finding(index, Finding.Step.ACCOUNT, String.valueOf(e.getMessage()));
    }
    return ledger.derivedMismatches() > mismatches
        ? finding(index, Finding.Step.ACCOUNT, "recomputation gives another result than this leaf")
        : Optional.empty();
  }

  /** Attacker: a gateway that takes something else into its accounts than the supplier declared. */
  private Optional<String> misread(Body body) {
    Optional<byte[]> document = Optional.empty();
    if (body instanceof Body.SupplierFootprint said) {
      document = ledger.document(said.document());
    } else if (body instanceof Body.MaterialClaimed said) {
      document = said.document().map(signed -> signed.bytes().bytes());
    } else if (body instanceof Body.ClaimWithdrawn said) {
      document = said.document().map(signed -> signed.bytes().bytes());
    }
    return document.flatMap(bytes -> documents.refusal(body, bytes));
  }

  private static Optional<Finding> finding(long index, Finding.Step step, String reason) {
    return Optional.of(new Finding(index, step, reason));
  }
}

package io.tracegram.cloud.audit;

import io.tracegram.cloud.inventory.AuditedBatch;
import io.tracegram.cloud.inventory.AuditedBatch.Logged;
import io.tracegram.cloud.inventory.DeclaredPart;
import io.tracegram.cloud.inventory.PostgresStore;
import io.tracegram.cloud.mirror.MirroredLog;
import io.tracegram.ledger.account.AccountCodec;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.LedgerProblem;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.CustodyEventCodec;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.state.StateCodec;
import io.tracegram.ledger.verification.DocumentCheck;
import io.tracegram.ledger.verification.Finding;
import io.tracegram.ledger.verification.LogReplay;
import io.tracegram.runtime.claim.SupplierDocumentCheck;
import io.tracegram.runtime.log.SnapshotFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The audit of one log: once from its first leaf, and after a restart from where its snapshot was
 * taken, if the database still holds all results before it. {@link #advance} belongs to one thread,
 * {@link #state} to all.
 */
final class FacilityAudit {
  private static final int BATCH = 256;
  private static final DocumentCheck DOCUMENTS = new SupplierDocumentCheck();

  private final String facility;
  private final MirroredLog log;
  private final PostgresStore store;
  private final SnapshotFile snapshots;
  private LogReplay replay;
  private Optional<AuditedBatch> unsaved = Optional.empty();
  private AuditState.Verdict saved = new AuditState.Verdict.InProgress();
  private long savedSize = -1;
  private long audited;
  private long lots;
  private Optional<Finding> finding = Optional.empty();
  private volatile AuditState state =
      new AuditState("", false, 0, new AuditState.Verdict.InProgress(), Share.NONE, true, 0);

  /**
   * @param facility id that the log's statements must carry
   * @param gateway the pinned key that its first leaf must register
   * @throws IOException if the snapshot cannot be read
   */
  FacilityAudit(
      String facility,
      MirroredLog log,
      PublicKey gateway,
      PostgresStore store,
      SnapshotFile snapshots)
      throws IOException {
    this.facility = facility;
    this.log = log;
    this.store = store;
    this.snapshots = snapshots;
    this.replay = new LogReplay(Optional.of(gateway), DOCUMENTS);
    Optional<SnapshotFile.Snapshot> newest = snapshots.load(log);
    if (newest.isPresent() && newest.get().size() <= store.auditedSize(facility)) {
      restore(gateway, newest.get());
    }
  }

  private record State(Content replay, long lots) {}

  private void restore(PublicKey gateway, SnapshotFile.Snapshot snapshot) {
    State before = StateCodec.read(State.class, snapshot.state());
    replay = LogReplay.restore(Optional.of(gateway), DOCUMENTS, before.replay.bytes());
    lots = before.lots;
    audited = snapshot.size();
  }

  /** Keeps what was audited for the next start; called by the thread that advances. */
  void snapshot() {
    if (finding.isEmpty() && unsaved.isEmpty() && audited > 0) {
      State reached = new State(Content.of(replay.snapshot()), lots);
      snapshots.store(log, new SnapshotFile.Snapshot(audited, StateCodec.write(reached)));
    }
  }

  AuditState state() {
    return state;
  }

  /**
   * Checks the next leaves, at most 256, or stores what was checked; the state tells of leaves only
   * when what they say is stored.
   *
   * @return true if there may be more to do at once
   * @throws io.tracegram.cloud.inventory.StoreException if the database failed; call again later
   */
  boolean advance() {
    if (unsaved.isPresent()) {
      store.store(unsaved.get());
      unsaved = Optional.empty();
      state = describe(log.size());
      if (snapshots.isDue(audited)) {
        snapshot();
      }
    }
    long mirrored = log.size();
    if (finding.isEmpty() && audited < mirrored) {
      unsaved = Optional.of(check(Math.min(mirrored, audited + BATCH)));
      return true;
    }
    state = describe(mirrored);
    save(mirrored, state.verdict());
    return false;
  }

  private AuditedBatch check(long to) {
    List<Logged<IntervalAccount>> intervals = new ArrayList<>();
    List<Logged<LotAccount>> accounts = new ArrayList<>();
    List<DeclaredPart> footprints = new ArrayList<>();
    List<Logged<CustodyEvent>> events = new ArrayList<>();
    List<Logged<LedgerProblem>> exceptions = new ArrayList<>();
    for (byte[] entry : log.entries(audited, to)) {
      finding = next(entry);
      if (finding.isPresent()) {
        break;
      }
      try {
        collect(entry, intervals, accounts, events);
      } catch (MalformedException e) {
        finding =
            Optional.of(new Finding(audited, Finding.Step.SHAPE, String.valueOf(e.getMessage())));
        break;
      }
      if (!accounts.isEmpty() && accounts.getLast().leaf() == audited) {
        footprints.addAll(declared(accounts.getLast().result()));
      }
      for (LedgerProblem raised : replay.ledger().raised()) {
        if (raised.isOfCustody()) {
          exceptions.add(new Logged<>(audited, raised));
        }
      }
      audited++;
    }
    lots += accounts.stream().filter(account -> account.result().isFirst()).count();
    return new AuditedBatch(
        facility,
        audited,
        intervals,
        accounts,
        footprints,
        events,
        exceptions,
        replay.ledger().plant().flatMap(plant -> plant.additions().location()));
  }

  private List<DeclaredPart> declared(LotAccount account) {
    return account.inputs().stream()
        .filter(input -> input.basis() == LotAccount.Basis.DECLARED)
        .flatMap(
            input ->
                replay.ledger().footprint(input.lot()).stream()
                    .map(
                        footprint ->
                            new DeclaredPart(
                                account.lot(), input.lot(), footprint.leaf(), footprint.key())))
        .toList();
  }

  private Optional<Finding> next(byte[] entry) {
    Optional<Finding> wrong = replay.next(entry);
    if (wrong.isPresent()) {
      return wrong;
    }
    // attacker: the log of one facility, offered as that of another
    if (audited == 0 && !Leaf.parse(entry).statement().statement().facility().equals(facility)) {
      return Optional.of(
          new Finding(0, Finding.Step.AUTHOR, "the log is not that of facility " + facility));
    }
    return replay
        .ledger()
        .plant()
        .filter(plant -> !plant.origin().equals(log.origin()))
        .map(
            plant ->
                new Finding(
                    audited,
                    Finding.Step.SHAPE,
                    "the plant model is that of " + plant.origin() + ", not of " + log.origin()));
  }

  private void collect(
      byte[] entry,
      List<Logged<IntervalAccount>> intervals,
      List<Logged<LotAccount>> accounts,
      List<Logged<CustodyEvent>> events) {
    if (Leaf.parse(entry).statement().statement().body() instanceof Body.Derived derived) {
      byte[] content = derived.content().bytes();
      if (derived.kind() == Kind.CUSTODY_EVENT) {
        events.add(new Logged<>(audited, CustodyEventCodec.decode(content)));
        return;
      }
      switch (AccountCodec.decode(content)) {
        case AccountCodec.Account.OfInterval interval ->
            intervals.add(new Logged<>(audited, interval.account()));
        case AccountCodec.Account.OfFacility interval ->
            intervals.add(new Logged<>(audited, interval.account().summary()));
        case AccountCodec.Account.OfPeriod _, AccountCodec.Account.OfAbsorption _ -> {
          // recomputed and compared like the others; the inventory sums intervals
        }
        case AccountCodec.Account.OfLot lot -> accounts.add(new Logged<>(audited, lot.account()));
      }
    }
  }

  private AuditState describe(long mirrored) {
    FacilityLedger ledger = replay.ledger();
    Optional<PlantModel> plant = ledger.plant();
    return new AuditState(
        plant.map(PlantModel::name).orElse(""),
        plant.map(PlantModel::simulated).orElse(false),
        audited,
        verdict(mirrored),
        ledger.totals().total(),
        ledger.totals().priced(),
        lots);
  }

  private AuditState.Verdict verdict(long mirrored) {
    if (finding.isPresent()) {
      return new AuditState.Verdict.Failed(finding.get().leaf(), finding.get().toString());
    }
    // a result that is outstanding may be in the leaves that are not mirrored yet
    return audited == mirrored && audited > 0 && replay.ledger().outstanding().isEmpty()
        ? new AuditState.Verdict.Verified()
        : new AuditState.Verdict.InProgress();
  }

  private void save(long mirrored, AuditState.Verdict verdict) {
    if (verdict.equals(saved) && mirrored == savedSize) {
      return;
    }
    switch (verdict) {
      case AuditState.Verdict.Verified() -> store.verdict(facility, mirrored, "VERIFIED", -1, "");
      case AuditState.Verdict.InProgress() ->
          store.verdict(facility, mirrored, "IN_PROGRESS", -1, "");
      case AuditState.Verdict.Failed(long leaf, String reason) ->
          store.verdict(facility, mirrored, "FAILED", leaf, reason);
    }
    saved = verdict;
    savedSize = mirrored;
  }
}

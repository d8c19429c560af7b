package io.tracegram.cloud.declaration;

import io.tracegram.cloud.audit.AuditState;
import io.tracegram.cloud.audit.Auditor;
import io.tracegram.cloud.inventory.ExceptionQueries;
import io.tracegram.cloud.inventory.LotQueries;
import io.tracegram.cloud.inventory.StoredLot;
import io.tracegram.cloud.log.CloudLog;
import io.tracegram.cloud.log.Publication;
import io.tracegram.cloud.mirror.MirroredLog;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The read model over mirror, audit and store. Thread-safe; blocks on the database. */
public final class AuditedReadModel implements CloudReadModel {
  private static final int MAX_STALE = 1_000;

  private final String publicUrl;
  private final AccountTrail trail;
  private final Map<String, MirroredLog> logs;
  private final List<NoteKey> witnesses;
  private final Auditor auditor;
  private final LotQueries lots;
  private final ExceptionQueries exceptions;
  private final CloudLog published;
  private final Set<LotId> stale;

  /**
   * @param publicUrl under which people reach the service
   * @param logs by facility id, in the order in which they are shown
   * @param published where declarations stand once they are published
   * @param stale takes items that were asked for and are not published as they are; thread-safe
   */
  public AuditedReadModel(
      URI publicUrl,
      Map<String, MirroredLog> logs,
      List<NoteKey> witnesses,
      Auditor auditor,
      LotQueries lots,
      ExceptionQueries exceptions,
      CloudLog published,
      Set<LotId> stale) {
    this.publicUrl = publicUrl.toString().replaceAll("/+$", "");
    this.logs = new LinkedHashMap<>(logs);
    this.trail = new AccountTrail(this.publicUrl, logs, lots);
    this.witnesses = List.copyOf(witnesses);
    this.auditor = auditor;
    this.lots = lots;
    this.exceptions = exceptions;
    this.published = published;
    this.stale = stale;
  }

  @Override
  public List<FacilityOverview> facilities() {
    return logs.entrySet().stream()
        .map(entry -> facility(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public List<FinishedItem> items() {
    return lots.items().stream()
        .filter(item -> logs.containsKey(item.facility()))
        .map(
            item ->
                new FinishedItem(
                    item.account().lot(),
                    item.account().material(),
                    name(item.facility()),
                    auditor.state(item.facility()).simulated(),
                    item.account().own().co2e(),
                    item.account().inherited()))
        .toList();
  }

  private String name(String facility) {
    String name = auditor.state(facility).facilityName();
    return name.isEmpty() ? facility : name;
  }

  @Override
  public List<Declaration> declarations() {
    return lots.items().stream()
        .filter(item -> logs.containsKey(item.facility()))
        .map(this::declare)
        .toList();
  }

  @Override
  public Optional<Declaration> declaration(LotId item) {
    return item.isSerialised() ? trail.made(item).map(this::declare) : Optional.empty();
  }

  @Override
  public Optional<byte[]> document(LotId item) {
    return published
        .publication(item.path())
        .flatMap(
            publication -> {
              try {
                return published.document(publication.document());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Override
  public ExceptionQueries.Page exceptions(ExceptionQueries.Question question) {
    return exceptions.page(question);
  }

  /** Says whether every account that the figures rest on was checked since the start. */
  boolean isAudited(Declaration declaration) {
    return declaration
        .proofs()
        .allMatch(
            evidence -> auditor.state(evidence.facility()).auditedSize() > evidence.leafIndex());
  }

  @Override
  public Optional<LotOverview> lot(LotId lot) {
    return trail
        .made(lot)
        .map(
            stored ->
                new LotOverview(
                    stored.facility(),
                    stored.account(),
                    trail.evidence(stored),
                    trail.journey(stored)));
  }

  private FacilityOverview facility(String id, MirroredLog log) {
    AuditState audit = auditor.state(id);
    return new FacilityOverview(
        id,
        name(id),
        log.origin(),
        audit.simulated(),
        log.size(),
        audit.auditedSize(),
        verdict(audit.verdict()),
        log.checkpoint(),
        witnesses.stream().map(key -> witness(key, log)).toList(),
        witnessed(log),
        log.lastUpload(),
        audit.total().energy(),
        audit.priced() ? Optional.of(audit.total().co2e()) : Optional.empty(),
        audit.lots());
  }

  private static FacilityOverview.Verdict verdict(AuditState.Verdict verdict) {
    return switch (verdict) {
      case AuditState.Verdict.Verified() -> new FacilityOverview.Verdict.Verified();
      case AuditState.Verdict.InProgress() -> new FacilityOverview.Verdict.InProgress();
      case AuditState.Verdict.Failed(long leaf, String reason) ->
          new FacilityOverview.Verdict.Failed(leaf, reason);
    };
  }

  static FacilityOverview.Witnessed witnessed(MirroredLog log) {
    return new FacilityOverview.Witnessed(
        log.witnessed().size(),
        List.copyOf(log.witnessed().witnesses()),
        log.witnessed().policy().quorumText());
  }

  private static FacilityOverview.Witness witness(NoteKey key, MirroredLog log) {
    Optional<SignedNote> checkpoint =
        log.checkpoint()
            .filter(note -> note.cosignedAt(key).isPresent())
            .or(() -> log.witnessed().newest());
    OptionalLong time = checkpoint.map(note -> note.cosignedAt(key)).orElse(OptionalLong.empty());
    OptionalLong size =
        time.isPresent()
            ? OptionalLong.of(Checkpoint.parse(checkpoint.orElseThrow().text()).size())
            : OptionalLong.empty();
    return new FacilityOverview.Witness(key.name(), size, time);
  }

  private Declaration declare(StoredLot item) {
    AuditState audit = auditor.state(item.facility());
    LotAccount account = item.account();
    return withPublication(
        new Declaration(
            account.lot(),
            account.material(),
            account.lot().number(),
            publicUrl + "/" + account.lot().path(),
            item.facility(),
            name(item.facility()),
            audit.simulated(),
            account.mass(),
            account.own().energy(),
            account.total(),
            account.own().co2e(),
            account.inherited(),
            account.secondary(),
            account.primaryPolicy(),
            trail.journey(item),
            account.claims(),
            trail.evidence(item),
            Optional.empty()));
  }

  private Declaration withPublication(Declaration declaration) {
    Optional<Publication> publication = published.publication(declaration.item().path());
    Hash current = Hash.sha256(LinkedData.document(declaration));
    boolean same = publication.map(Publication::document).equals(Optional.of(current));
    if (!same && stale.size() < MAX_STALE) {
      stale.add(declaration.item());
    }
    return publication.map(found -> declaration.with(published(found, same))).orElse(declaration);
  }

  private Declaration.Published published(Publication publication, boolean current) {
    return new Declaration.Published(
        published.key().name(),
        publication.leaf(),
        publication.revision(),
        publication.document().hex(),
        publicUrl + "/log/documents/" + publication.document().hex(),
        publication.leaf() < published.log().publishedSize(),
        current);
  }
}

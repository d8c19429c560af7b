package io.tracegram.gateway;

import io.tracegram.gateway.dashboard.Intake;
import io.tracegram.gateway.dashboard.LeafEvidence;
import io.tracegram.gateway.dashboard.LedgerReadModel;
import io.tracegram.gateway.dashboard.LogStatus;
import io.tracegram.gateway.dashboard.PlantProblem;
import io.tracegram.gateway.problem.Problem;
import io.tracegram.gateway.replicate.PassportClient;
import io.tracegram.gateway.replicate.ReplicationStatus;
import io.tracegram.gateway.replicate.Replicator;
import io.tracegram.gateway.timestamp.Timestamper;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.runtime.cosign.WitnessedCheckpoint;
import io.tracegram.runtime.log.EvidenceLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** What the pages show of a gateway besides its accounts. Thread-safe. */
final class GatewaySurroundings implements LedgerReadModel.Surroundings {
  private final Gateway gateway;
  private final Replicator replicator;
  private final PassportClient passports;
  private final Timestamper timestamper;
  private final boolean mirrored;
  private final WitnessedCheckpoint witnessed;

  GatewaySurroundings(
      Gateway gateway,
      Replicator replicator,
      PassportClient passports,
      Timestamper timestamper,
      boolean mirrored,
      WitnessedCheckpoint witnessed) {
    this.gateway = gateway;
    this.replicator = replicator;
    this.passports = passports;
    this.timestamper = timestamper;
    this.mirrored = mirrored;
    this.witnessed = witnessed;
  }

  @Override
  public LogStatus log() {
    Optional<SignedNote> note = gateway.log().checkpoint();
    if (note.isEmpty()) {
      return LogStatus.EMPTY;
    }
    Checkpoint head = Checkpoint.parse(note.get().text());
    ReplicationStatus status = replicator.status();
    return new LogStatus(
        gateway.log().size(),
        note.get().format(),
        head.size(),
        head.root().hex(),
        mirrored ? OptionalLong.of(status.mirroredSize()) : OptionalLong.empty(),
        witnessed.policy().asksForWitnesses()
            ? OptionalLong.of(witnessed.size().orElse(0))
            : OptionalLong.empty(),
        timestamper.timestampedSize(),
        witnessed.policy().quorumText());
  }

  @Override
  public Intake intake() {
    return new Intake(gateway.counters().refusedTotal(), gateway.counters().lastAdmittedMillis());
  }

  @Override
  public List<PlantProblem> problems() {
    List<PlantProblem> problems = new ArrayList<>();
    ReplicationStatus status = replicator.status();
    status
        .lastError()
        .ifPresent(
            error ->
                problems.add(
                    problem(
                        "replicate.unreachable",
                        "mirror",
                        error,
                        "the log is kept here; agents keep what the mirror does not hold",
                        status.since())));
    for (ReplicationStatus.Doubt doubt : status.doubts()) {
      problems.add(
          new PlantProblem(
              "evidence.cosigner-lies",
              doubt.cosigner(),
              doubt.reason(),
              "its word is not believed: no figure's evidence rises by it; signing goes on",
              "ask its operator; it is tried again by itself",
              doubt.since().toEpochMilli(),
              doubt.count(),
              OptionalLong.empty()));
    }
    passports
        .error()
        .ifPresent(
            error ->
                problems.add(
                    problem(
                        "passport.unavailable",
                        "supplier",
                        error,
                        "the figures of lots received wait for their passport",
                        passports.errorSince())));
    for (Problem problem : gateway.problems().list()) {
      if (!problem.cleared()) {
        problems.add(
            new PlantProblem(
                problem.code(),
                problem.subject(),
                problem.reason(),
                problem.effect(),
                problem.action(),
                problem.firstMillis(),
                problem.count(),
                OptionalLong.empty()));
      }
    }
    return problems;
  }

  @Override
  public CompletableFuture<Optional<LeafEvidence>> evidence(long leaf) {
    return gateway
        .vertx()
        .executeBlocking(() -> evidence(gateway.log(), leaf))
        .toCompletionStage()
        .toCompletableFuture();
  }

  @Override
  public Leaf leaf(long index) {
    return Leaf.parse(gateway.log().leaf(index));
  }

  private Optional<LeafEvidence> evidence(EvidenceLog log, long index) {
    if (index < 0 || index >= log.size()) {
      return Optional.empty();
    }
    Optional<TlogProof> proof =
        log.checkpoint()
            .filter(note -> Checkpoint.parse(note.text()).size() > index)
            .map(
                note -> {
                  long size = Checkpoint.parse(note.text()).size();
                  return new TlogProof(
                      index, MerkleTree.inclusionProof(log.nodes(), index, size), note);
                });
    return Optional.of(
        new LeafEvidence(index, Leaf.parse(log.leaf(index)), proof, timestamps(index)));
  }

  private List<LeafEvidence.Timestamp> timestamps(long leaf) {
    return timestamper.covering(leaf).stream()
        .map(
            stamp ->
                new LeafEvidence.Timestamp(
                    stamp.proven().authority(), stamp.proven().genTimeMillis(), stamp.size()))
        .toList();
  }

  private static PlantProblem problem(
      String code, String subject, String reason, String effect, Optional<Instant> since) {
    return new PlantProblem(
        code,
        subject,
        reason,
        effect,
        "check that the service runs and is reachable; it is tried again by itself",
        since.map(Instant::toEpochMilli).orElse(0L),
        1,
        OptionalLong.empty());
  }
}

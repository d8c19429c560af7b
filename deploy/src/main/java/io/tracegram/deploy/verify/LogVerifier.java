package io.tracegram.deploy.verify;

import io.tracegram.deploy.verify.LogSource.FilesReport;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.account.Totals;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.PolicyVerdict;
import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.verification.CloudCheck;
import io.tracegram.ledger.verification.Finding;
import io.tracegram.ledger.verification.LogReplay;
import io.tracegram.runtime.claim.SupplierDocumentCheck;
import io.tracegram.runtime.timestamp.TimestampAuthority;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Verifies one log, step by step, each step against its attacker. Single use; calls back on the
 * caller's thread, reads and checks bundles on all cores.
 */
public final class LogVerifier {
  /** A gateway writes results at once; one that was killed may owe those of its last leaves. */
  private static final long LATEST_RESULT = 4_096;

  /** How long a growing log may take to get the cosignatures of its newest checkpoint. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final LogSource source;
  private final Optional<TlogPolicy> policy;
  private final VerifyProgress progress;
  private final SignatureRule signatures;
  private final List<TimestampAuthority> authorities;
  private final List<String> steps = new ArrayList<>();
  private final List<String> notProven = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> cosigners = new ArrayList<>();
  private Checkpoint head = new Checkpoint("unknown", 0, Hash.ZERO);
  private Optional<Totals> totals = Optional.empty();
  private boolean witnessed;

  /**
   * Prepares a verification.
   *
   * @param policy whom to trust; empty to use what comes with the source, which is said in the
   *     report
   * @param authorities whose timestamps to believe
   * @param progress told the number of leaves checked so far
   */
  public LogVerifier(
      LogSource source,
      Optional<TlogPolicy> policy,
      List<TimestampAuthority> authorities,
      VerifyProgress progress) {
    this(source, policy, authorities, progress, SignatureRule.CHECKED);
  }

  /** Prepares a verification that believes nobody's timestamps. */
  public LogVerifier(LogSource source, Optional<TlogPolicy> policy, VerifyProgress progress) {
    this(source, policy, List.of(), progress, SignatureRule.CHECKED);
  }

  private LogVerifier(
      LogSource source,
      Optional<TlogPolicy> policy,
      List<TimestampAuthority> authorities,
      VerifyProgress progress,
      SignatureRule signatures) {
    this.source = source;
    this.authorities = List.copyOf(authorities);
    this.policy = policy;
    this.progress = progress;
    this.signatures = signatures;
  }

  /**
   * Prepares a run that believes every statement's signature, to measure what checking them costs;
   * its report is never one of a verified log.
   */
  public static LogVerifier believingSignatures(LogSource source) {
    return new LogVerifier(
        source, Optional.empty(), List.of(), (leaves, size) -> {}, SignatureRule.BELIEVED);
  }

  /**
   * Verifies the log.
   *
   * @throws IOException if the source cannot be read at all, or no key is known
   */
  public VerifyReport verify() throws IOException {
    Optional<Trust> trust = trust();
    Optional<LogSnapshot> log = trust.isPresent() ? snapshot(trust.get()) : Optional.empty();
    if (log.isPresent()) {
      head = log.get().head();
      FilesReport files = source.files(head.size());
      findings.addAll(files.findings());
      notes.addAll(files.notes());
      if (signatures(log.get(), trust.orElseThrow())) {
        leaves(log.get());
      }
      if (findings.isEmpty()) {
        timestamps(log.get(), trust.orElseThrow());
      }
    }
    findings.sort(
        Comparator.comparingLong((Finding each) -> each.leaf()).thenComparing(Finding::step));
    return new VerifyReport(
        source.name(),
        head.origin(),
        head.size(),
        head.root().hex(),
        cosigners,
        witnessed,
        totals,
        steps,
        notProven,
        notes,
        findings);
  }

  private Optional<Trust> trust() throws IOException {
    try {
      Trust trust = Trust.of(policy, source);
      if (!trust.foreign()) {
        notProven.add(
            "whose keys these are: they come with the log itself; name yours with --policy");
      }
      return Optional.of(trust);
    } catch (MalformedException e) {
      found("policy", "the policy that comes with the log: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<LogSnapshot> snapshot(Trust trust) throws IOException {
    try {
      return Optional.of(LogSnapshot.take(source, note -> trust.judge(note).accepted(), PATIENCE));
    } catch (MalformedException e) {
      found("checkpoint", "malformed: " + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Says whether the checkpoint is the log's own, so that its leaves are worth reading. Attacker:
   * serves a log nobody signed, or one that only its operator has ever seen.
   */
  private boolean signatures(LogSnapshot log, Trust trust) throws IOException {
    PolicyVerdict verdict = trust.judge(log.note());
    cosigners.addAll(verdict.cosignedBy());
    ownKey(trust);
    if (!verdict.accepted()) {
      found("checkpoint", verdict.refusal().orElseThrow());
      return !verdict.signedBy().isEmpty();
    }
    steps.add(
        "the checkpoint of %d leaves is signed by the log's key: %s"
            .formatted(head.size(), verdict.algorithms()));
    if (verdict.signedBy().stream().noneMatch(key -> key.type() == NoteKey.Type.ML_DSA_44)) {
      notProven.add(
          "the log's signature against a quantum computer: no ML-DSA-44 key of it is known here");
    }
    witnessed = trust.policy().asksForWitnesses();
    if (!cosigners.isEmpty()) {
      steps.add("cosigned by " + String.join(", ", cosigners));
    } else {
      notProven.add(
          "that others were shown the same log: the policy in use asks for no cosignature");
    }
    return true;
  }

  /** Attacker: puts another key beside the evidence, for those who trust the file. */
  private void ownKey(Trust trust) throws IOException {
    try {
      Optional<String> own = source.ownVkey();
      Optional<NoteKey> key = trust.log(head);
      if (own.isPresent() && key.isPresent() && !own.get().equals(key.get().vkey())) {
        found("keys/checkpoint.vkey", "is not the key of the log that the policy names");
      }
    } catch (MalformedException e) {
      found("keys/checkpoint.vkey", String.valueOf(e.getMessage()));
    }
  }

  private Optional<PublicKey> ownGatewayKey() throws IOException {
    try {
      return source.ownGatewayKey();
    } catch (MalformedException e) {
      found("keys/gateway.pub", "holds no public key: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void leaves(LogSnapshot log) throws IOException {
    Optional<PublicKey> pinned = ownGatewayKey();
    if (pinned.isEmpty()) {
      notProven.add("that the gateway's key is not only the one that the log itself names");
    }
    LogReplay replay = new LogReplay(pinned, new SupplierDocumentCheck());
    TreeCheck tree = new TreeCheck(log);
    BundleReplay bundles = new BundleReplay(log, replay, tree, signatures, progress);
    Optional<Finding> first = bundles.run();
    List<Finding> wrong = tree.end();
    findings.addAll(wrong);
    findings.addAll(first.stream().toList());
    if (first.isEmpty() && bundles.complete()) {
      if (wrong.isEmpty()) {
        steps.add(
            "all " + head.size() + " entries hash to the signed root, and every tile is theirs");
      }
      if (signatures == SignatureRule.CHECKED) {
        steps.add("every statement is signed by a key registered before it, once, and chained");
      } else {
        findings.add(new Finding(-1, Finding.Step.SIGNATURE, "no signature was checked"));
      }
      replay.cloud().ifPresentOrElse(this::declarations, () -> accounts(replay));
    }
  }

  /** Attacker: says that the log stood earlier, or later, than it did. */
  private void timestamps(LogSnapshot log, Trust trust) throws IOException {
    TimestampCheck check = new TimestampCheck(log, trust.log(head).orElseThrow(), authorities);
    check.run();
    steps.addAll(check.steps);
    notProven.addAll(check.notProven);
    findings.addAll(check.findings);
  }

  /** Attacker: a central service that takes back what it declared. */
  private void declarations(CloudCheck cloud) {
    if (!head.origin().equals(cloud.service() + "/log")) {
      findings.add(
          new Finding(-1, Finding.Step.AUTHOR, "its leaves are not those of " + head.origin()));
    }
    steps.add(
        "%d declarations of %d products: revisions in order, own and inherited add up"
            .formatted(cloud.declarations(), cloud.products()));
    if (cloud.captures() > 0) {
      steps.add("%d documents of others, whole as they were captured".formatted(cloud.captures()));
    }
    notProven.add(
        "that the declared figures are those of the facilities: verify the facilities' logs too");
  }

  /** Attacker: a calculator that favours its owner. */
  private void accounts(LogReplay replay) {
    FacilityLedger ledger = replay.ledger();
    Totals sums = ledger.totals();
    totals = Optional.of(sums);
    if (sums.conservationError().micrograms() != 0) {
      findings.add(new Finding(-1, Finding.Step.ACCOUNT, "CO2e is not conserved"));
    }
    if (!ledger.plant().map(PlantModel::origin).equals(Optional.of(head.origin()))) {
      findings.add(
          new Finding(-1, Finding.Step.AUTHOR, "its leaves are not those of " + head.origin()));
    }
    steps.add(
        "all results recomputed: %d quarter-hours, %s kWh, %s kg CO2e, as written byte for byte"
            .formatted(
                sums.intervals(),
                sums.total().energy().kilowattHours(),
                sums.total().co2e().kilograms()));
    List<Body.Derived> outstanding = ledger.outstanding();
    if (!outstanding.isEmpty()) {
      long since = outstanding.getFirst().cause();
      notProven.add(
          "%d results since leaf %d are not written down in the log yet; recomputed all the same"
              .formatted(outstanding.size(), since));
      if (head.size() - since > LATEST_RESULT) {
        findings.add(
            new Finding(since, Finding.Step.ACCOUNT, "what this leaf brings about was left out")
                .in(log(since)));
      }
    }
    if (replay.holes() > 0) {
      notProven.add("statements are missing before others of " + replay.holes() + " agent(s)");
    }
    notProven.add("that the meters told the truth: a log proves who said what, and when");
  }

  private String log(long leaf) {
    long bundle = leaf / TilePath.FULL;
    int width = TileLimits.width(TilePath.ENTRIES, bundle, head.size());
    return new TilePath(TilePath.ENTRIES, bundle, width).toString();
  }

  private void found(String file, String reason) {
    findings.add(new Finding(-1, Finding.Step.CHECKPOINT, reason).in(file));
  }
}

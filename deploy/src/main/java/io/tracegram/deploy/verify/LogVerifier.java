package io.tracegram.deploy.verify;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.account.Totals;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.EntryBundle;
import io.tracegram.ledger.evidence.log.Frontier;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.PolicyVerdict;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.verification.Finding;
import io.tracegram.ledger.verification.LogReplay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Verifies one log, step by step, each step against its attacker. Single use, single-threaded. */
public final class LogVerifier {
  /** A gateway writes results at once; one that was killed may owe those of its last leaves. */
  private static final long LATEST_RESULT = 4_096;

  private final LogSource source;
  private final Optional<TlogPolicy> policy;
  private final LongConsumer progress;
  private final List<String> steps = new ArrayList<>();
  private final List<String> notProven = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> cosigners = new ArrayList<>();
  private boolean witnessed;

  /**
   * Prepares a verification.
   *
   * @param policy whom to trust; empty to use what comes with the source, which is said in the
   *     report
   * @param progress told the number of leaves checked so far
   */
  public LogVerifier(LogSource source, Optional<TlogPolicy> policy, LongConsumer progress) {
    this.source = source;
    this.policy = policy;
    this.progress = progress;
  }

  /**
   * Verifies the log.
   *
   * @throws IOException if the source cannot be read at all
   */
  public VerifyReport verify() throws IOException {
    SignedNote note;
    Checkpoint head;
    try {
      note = SignedNote.parse(source.checkpoint());
      head = Checkpoint.parse(note.text());
    } catch (MalformedException e) {
      return report(
          new Checkpoint("unknown", 0, Hash.ZERO),
          new Finding(-1, Finding.Step.CHECKPOINT, "malformed: " + e.getMessage()));
    }
    Optional<Finding> unsigned = signatures(note, head);
    if (unsigned.isPresent()) {
      return report(head, unsigned.get());
    }
    LogReplay replay = new LogReplay(source.ownGatewayKey());
    try {
      Optional<Finding> wrong = leaves(head, replay);
      return wrong.isPresent() ? report(head, wrong.get()) : accounts(head, replay);
    } catch (MalformedException e) {
      return report(head, new Finding(-1, Finding.Step.TREE, String.valueOf(e.getMessage())));
    }
  }

  /** Attacker: serves a log nobody signed, or one that only its operator has ever seen. */
  private Optional<Finding> signatures(SignedNote note, Checkpoint head) throws IOException {
    TlogPolicy rules = rules(head);
    PolicyVerdict verdict = rules.judge(note);
    cosigners.addAll(verdict.cosignedBy());
    if (!verdict.accepted()) {
      return verdict.refusal().map(why -> new Finding(-1, Finding.Step.CHECKPOINT, why));
    }
    steps.add(
        "the checkpoint of %d leaves is signed by the log's key: %s"
            .formatted(head.size(), verdict.algorithms()));
    if (verdict.signedBy().stream().noneMatch(key -> key.type() == NoteKey.Type.ML_DSA_44)) {
      notProven.add(
          "the log's signature against a quantum computer: no ML-DSA-44 key of it is known here");
    }
    witnessed = rules.asksForWitnesses();
    if (cosigners.isEmpty()) {
      notProven.add(
          "that others were shown the same log: the policy in use asks for no cosignature");
    } else {
      steps.add("cosigned by " + String.join(", ", cosigners));
    }
    return Optional.empty();
  }

  private TlogPolicy rules(Checkpoint head) throws IOException {
    if (policy.isPresent()) {
      return policy.get();
    }
    notProven.add("whose keys these are: they come with the log itself; name yours with --policy");
    Optional<String> own = source.ownPolicy();
    if (own.isPresent()) {
      return TlogPolicy.parse(own.get());
    }
    String vkey =
        source
            .ownVkey()
            .orElseThrow(
                () ->
                    new IOException(
                        "no key for " + head.origin() + ": name a policy file with --policy"));
    String quantumSafe =
        source.ownQuantumSafeVkey().map(key -> "log " + key.strip() + "\n").orElse("");
    return TlogPolicy.parse("log " + vkey.strip() + "\n" + quantumSafe + "quorum none\n");
  }

  /** Attacker: changes, drops, inserts or swaps entries, or serves tiles of another tree. */
  private Optional<Finding> leaves(Checkpoint head, LogReplay replay) throws IOException {
    Frontier tree = new Frontier();
    HashTiles tiles = new HashTiles(source);
    Optional<Finding> first = Optional.empty();
    while (tree.size() < head.size()) {
      int width = (int) Math.min(TilePath.FULL, head.size() - tree.size());
      long bundle = tree.size() / TilePath.FULL;
      List<byte[]> entries = entries(bundle, width);
      List<Hash> hashes = entries.stream().map(Leaf::hash).toList();
      hashes.forEach(tree::append);
      Optional<Finding> tile = tiles.check(bundle, hashes);
      if (tile.isPresent()) {
        return tile;
      }
      for (byte[] entry : entries) {
        if (first.isEmpty()) {
          first = replay.next(entry);
        }
      }
      progress.accept(tree.size());
    }
    if (first.isPresent()) {
      return first;
    }
    if (!tree.root().equals(head.root())) {
      return Optional.of(
          new Finding(
              -1, Finding.Step.TREE, "the entries do not hash to the root that was signed"));
    }
    Optional<Finding> upper = tiles.checkUpperLevels(head.size());
    if (upper.isPresent()) {
      return upper;
    }
    steps.add("all " + head.size() + " entries hash to the signed root, and every tile is theirs");
    steps.add("every statement is signed by a key registered before it, once, and chained");
    return Optional.empty();
  }

  private List<byte[]> entries(long bundle, int width) throws IOException {
    TilePath exact = new TilePath(TilePath.ENTRIES, bundle, width);
    Optional<byte[]> bytes = source.tile(exact);
    if (bytes.isPresent()) {
      return EntryBundle.decode(bytes.get(), width);
    }
    // tlog-tiles: a partial bundle may be deleted once the full one is there
    byte[] full =
        source
            .tile(new TilePath(TilePath.ENTRIES, bundle, TilePath.FULL))
            .orElseThrow(() -> new MalformedException("missing " + exact));
    return EntryBundle.decode(full, TilePath.FULL).subList(0, width);
  }

  /** Attacker: a calculator that favours its owner. */
  private VerifyReport accounts(Checkpoint head, LogReplay replay) {
    FacilityLedger ledger = replay.ledger();
    Totals totals = ledger.totals();
    if (totals.conservationError().micrograms() != 0) {
      findings.add(new Finding(-1, Finding.Step.ACCOUNT, "CO2e is not conserved"));
    }
    if (!ledger.plant().map(PlantModel::origin).equals(Optional.of(head.origin()))) {
      findings.add(
          new Finding(-1, Finding.Step.AUTHOR, "its leaves are not those of " + head.origin()));
    }
    steps.add(
        "all results recomputed: %d quarter-hours, %s kWh, %s kg CO2e, as written byte for byte"
            .formatted(
                totals.intervals(),
                totals.total().energy().kilowattHours(),
                totals.total().co2e().kilograms()));
    List<Body.Derived> outstanding = ledger.outstanding();
    if (!outstanding.isEmpty()) {
      long since = outstanding.getFirst().cause();
      notProven.add(
          "%d results since leaf %d are not written down in the log yet; recomputed all the same"
              .formatted(outstanding.size(), since));
      if (head.size() - since > LATEST_RESULT) {
        findings.add(
            new Finding(since, Finding.Step.ACCOUNT, "what this leaf brings about was left out"));
      }
    }
    if (replay.holes() > 0) {
      notProven.add("statements are missing before others of " + replay.holes() + " agent(s)");
    }
    notProven.add("that the meters told the truth: a log proves who said what, and when");
    return report(head, Optional.of(totals));
  }

  private VerifyReport report(Checkpoint head, Finding finding) {
    findings.add(finding);
    return report(head, Optional.empty());
  }

  private VerifyReport report(Checkpoint head, Optional<Totals> totals) {
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
        findings);
  }
}

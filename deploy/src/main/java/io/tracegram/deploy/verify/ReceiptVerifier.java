package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.PolicyVerdict;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.verification.Finding;
import io.tracegram.ledger.verification.LeafCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Verifies the receipt of one figure, offline (C2SP tlog-proof, "Verifying"). Single use. */
public final class ReceiptVerifier {
  private final Path file;
  private final Trust trust;
  private final List<String> steps = new ArrayList<>();
  private final List<String> notProven = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> cosigners = new ArrayList<>();
  private Checkpoint head = new Checkpoint("unknown", 0, Hash.ZERO);

  /**
   * @param file either file of the receipt
   * @param policy whom to trust: a receipt brings no keys along
   */
  public ReceiptVerifier(Path file, TlogPolicy policy) {
    this.file = file;
    this.trust = new Trust(policy, true);
  }

  /**
   * Verifies the receipt.
   *
   * @throws IOException if it cannot be read
   */
  public VerifyReport verify() throws IOException {
    try {
      Receipt receipt = Receipt.read(file);
      head = Checkpoint.parse(receipt.proof().checkpoint().text());
      signatures(receipt.proof().checkpoint());
      inclusion(receipt);
      statement(receipt);
    } catch (MalformedException e) {
      findings.add(
          new Finding(-1, Finding.Step.SHAPE, String.valueOf(e.getMessage())).in(name(false)));
    }
    notProven.add(
        "that the figure was calculated rightly, and by a key registered for it: inclusion shows"
            + " that it was published and not changed; verify the whole log to recompute it");
    return new VerifyReport(
        file.toString(),
        head.origin(),
        head.size(),
        head.root().hex(),
        cosigners,
        !cosigners.isEmpty(),
        Optional.empty(),
        steps,
        notProven,
        List.of(),
        findings);
  }

  /** Attacker: a checkpoint of a log of his own, or one that was shown to nobody else. */
  private void signatures(SignedNote note) {
    PolicyVerdict verdict = trust.judge(note);
    cosigners.addAll(verdict.cosignedBy());
    if (!verdict.accepted()) {
      String reason = verdict.refusal().orElseThrow();
      findings.add(new Finding(-1, Finding.Step.CHECKPOINT, reason).in(name(false)));
      return;
    }
    steps.add(
        "the checkpoint of %d leaves is signed by the log's key: %s"
            .formatted(head.size(), verdict.algorithms()));
    if (cosigners.isEmpty()) {
      notProven.add(
          "that others were shown the same log: the policy in use asks for no cosignature");
    } else {
      steps.add("cosigned by " + String.join(", ", cosigners));
    }
  }

  /** Attacker: another figure than the one that was published. */
  private void inclusion(Receipt receipt) {
    long index = receipt.proof().index();
    if (MerkleTree.verifyInclusion(
        Leaf.hash(receipt.leaf().bytes()),
        index,
        head.size(),
        receipt.proof().hashes(),
        head.root())) {
      steps.add("these bytes are leaf " + index + " of that log");
    } else {
      findings.add(
          new Finding(
                  index,
                  Finding.Step.TREE,
                  "these bytes are not this leaf of that log: the leaf or its proof was changed")
              .in(name(true)));
    }
  }

  private void statement(Receipt receipt) {
    switch (LeafCheck.of(receipt.leaf().bytes())) {
      case LeafCheck.Malformed(String reason) ->
          findings.add(
              new Finding(receipt.proof().index(), Finding.Step.SHAPE, reason).in(name(true)));
      case LeafCheck.WellFormed(Leaf leaf, var _) -> {
        if (findings.isEmpty()) {
          LeafFigures.of(leaf).lines().forEach(line -> steps.add("it says: " + line));
        }
      }
    }
  }

  private String name(boolean leaf) {
    return String.valueOf((leaf ? Receipt.leafFile(file) : Receipt.proofFile(file)).getFileName());
  }
}

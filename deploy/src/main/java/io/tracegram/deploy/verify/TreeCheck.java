package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.verification.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares entries, hash tiles and the signed root, and says which of them was changed: whatever
 * leads to the signed root is what was signed. Single-threaded.
 *
 * <p>Attacker: changes, drops, inserts or swaps entries, or serves tiles of another tree.
 */
final class TreeCheck {
  /** After so many findings the rest is not worth listing. */
  static final int ENOUGH = 20;

  private static final int PER_BUNDLE = 3;

  private final LogSnapshot log;
  private final TileTree entries = new TileTree();
  private final TileTree tiles = new TileTree();
  private final List<CheckedBundle> differing = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private long added;
  private boolean entriesWhole = true;
  private boolean tilesWhole = true;

  TreeCheck(LogSnapshot log) {
    this.log = log;
  }

  /**
   * Takes the next bundle.
   *
   * @param root of its entries, if all of them are there
   */
  void add(CheckedBundle bundle, Hash root) {
    added++;
    List<Integer> differences = bundle.differences();
    if (bundle.defect().isPresent()) {
      entriesWhole = false;
      findings.add(defect(bundle, bundle.defect().get(), differences));
    } else if (bundle.bundle().isFull()) {
      entries.addFull(root);
    } else {
      entries.end(bundle.hashes());
    }
    if (bundle.tileDefect().isPresent()) {
      tilesWhole = false;
      findings.add(
          tree(bundle.first(), bundle.tileDefect().get())
              .in(CheckedBundle.hashTile(bundle.bundle()).toString()));
    } else if (bundle.bundle().isFull()) {
      boolean same = bundle.defect().isEmpty() && differences.isEmpty();
      tiles.addFull(same ? root : TileTree.rootOf(bundle.tile()));
    } else {
      tiles.end(bundle.tile());
    }
    if (bundle.defect().isEmpty() && !differences.isEmpty()) {
      differing.add(bundle);
    }
  }

  /** Says whether there is enough to report, so that the rest need not be read. */
  boolean isHopeless() {
    return findings.size() + differing.size() >= ENOUGH;
  }

  /** Returns what is wrong, and where; of a log read in part, what is wrong in that part. */
  List<Finding> end() {
    if (added < Math.ceilDiv(log.head().size(), (long) TilePath.FULL)) {
      differing.forEach(this::unlike);
      return findings;
    }
    Hash signed = log.head().root();
    boolean entriesSigned = entriesWhole && entries.root().equals(signed);
    boolean tilesSigned = tilesWhole && tiles.root().equals(signed);
    UpperTiles upper = new UpperTiles(log);
    if (entriesSigned) {
      differing.forEach(this::changedTile);
      findings.addAll(upper.compare(entries.level1()));
    } else if (tilesSigned) {
      differing.forEach(this::changedEntries);
      findings.addAll(upper.compare(tiles.level1()));
    } else {
      differing.forEach(this::unlike);
      List<Finding> located = entriesWhole && tilesWhole ? upper.locate(tiles) : List.of();
      findings.addAll(located);
      if (entriesWhole && located.isEmpty()) {
        findings.add(unsigned(log.head()));
      }
    }
    return findings;
  }

  private static Finding unsigned(Checkpoint head) {
    return tree(
            -1,
            "neither the entries nor their hash tiles lead to the signed root "
                + head.root()
                + ": the checkpoint is not of these entries; compare with the mirror's copy")
        .in("checkpoint");
  }

  private static Finding defect(CheckedBundle bundle, String reason, List<Integer> differences) {
    int at =
        differences.isEmpty()
            ? Math.min(bundle.entries().size(), bundle.bundle().width() - 1)
            : differences.getFirst();
    String why = differences.isEmpty() ? reason : reason + "; " + other(bundle, at);
    return tree(bundle.first() + at, why).in(bundle.bundle().toString());
  }

  private void changedEntries(CheckedBundle bundle) {
    List<Integer> differences = bundle.differences();
    int shown = differences.size() > PER_BUNDLE ? 1 : differences.size();
    for (int position : differences.subList(0, shown)) {
      String more =
          shown < differences.size()
              ? "; as do %d more in this file".formatted(differences.size() - shown)
              : "";
      findings.add(
          tree(bundle.first() + position, other(bundle, position) + more)
              .in(bundle.bundle().toString()));
    }
  }

  /** Says in what an entry is not the one that its hash tile names. */
  private static String other(CheckedBundle bundle, int position) {
    int signedAs = bundle.tile().indexOf(bundle.hashes().get(position));
    return signedAs < 0
        ? "holds other bytes than were signed"
        : "holds what was signed as leaf " + (bundle.first() + signedAs);
  }

  private void changedTile(CheckedBundle bundle) {
    List<Integer> differences = bundle.differences();
    findings.add(
        tree(
                bundle.first() + differences.getFirst(),
                "the entry is as signed, but hash %d of its tile is not its hash (%d differ)"
                    .formatted(differences.getFirst(), differences.size()))
            .in(CheckedBundle.hashTile(bundle.bundle()).toString()));
  }

  private void unlike(CheckedBundle bundle) {
    TilePath tile = CheckedBundle.hashTile(bundle.bundle());
    findings.add(
        tree(
                bundle.first() + bundle.differences().getFirst(),
                "does not hash to what %s says (%d differ)"
                    .formatted(tile, bundle.differences().size()))
            .in(bundle.bundle().toString()));
  }

  static Finding tree(long leaf, String reason) {
    return new Finding(leaf, Finding.Step.TREE, reason);
  }
}

package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.verification.Finding;
import io.tracegram.runtime.timestamp.StoredTimestamps;
import io.tracegram.runtime.timestamp.StoredTimestamps.Judged;
import io.tracegram.runtime.timestamp.TimestampAuthority;
import io.tracegram.runtime.timestamp.TimestampVerdict;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Checks the timestamps that come with a log whose tiles are verified. Single use. */
final class TimestampCheck {
  private final LogSnapshot log;
  private final NoteKey key;
  private final List<TimestampAuthority> authorities;
  private final SortedMap<String, List<Judged>> proven = new TreeMap<>();
  private final SortedSet<String> unknown = new TreeSet<>();
  final List<String> steps = new ArrayList<>();
  final List<String> notProven = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();

  /**
   * @param key of the log
   * @param authorities whom to trust
   */
  TimestampCheck(LogSnapshot log, NoteKey key, List<TimestampAuthority> authorities) {
    this.log = log;
    this.key = key;
    this.authorities = authorities;
  }

  void run() throws IOException {
    StoredTimestamps stored;
    try {
      stored = StoredTimestamps.of(log.source().timestamps(log.head().size()));
    } catch (MalformedException e) {
      found(StoredTimestamps.DIRECTORY, String.valueOf(e.getMessage()));
      return;
    }
    TileNodes nodes = new TileNodes(log);
    stored.checkpoints().forEach(stamped -> checkpoint(stamped, nodes));
    stored.verify(authorities).forEach(this::judge);
    proven.forEach(this::say);
    for (String name : unknown) {
      notProven.add(
          "what the timestamps by %s say: no anchor was given for it, name one with".formatted(name)
              + " --timestamp-anchor "
              + name
              + "=FILE.pem");
    }
    if (proven.isEmpty() && unknown.isEmpty()) {
      notProven.add("since when the log stands: no timestamp comes with it");
    }
  }

  /**
   * Attacker: gives a token over a checkpoint of another log, or of another history of this one.
   */
  private void checkpoint(StoredTimestamps.Stamped stamped, TileNodes nodes) {
    String file = StoredTimestamps.DIRECTORY + "/" + stamped.size() + "/checkpoint";
    Checkpoint head = Checkpoint.parse(stamped.checkpoint().text());
    if (!stamped.checkpoint().isSignedBy(key)) {
      found(file, "is not signed by " + key.vkey());
    } else if (!MerkleTree.root(nodes, 0, stamped.size()).equals(head.root())) {
      found(file, "has another root than this log at that size: two histories were signed");
    }
  }

  private void judge(Judged judged) {
    if (judged.verdict().isEmpty()) {
      unknown.add(judged.authority());
      return;
    }
    switch (judged.verdict().get()) {
      case TimestampVerdict.Proven _ ->
          proven.computeIfAbsent(judged.authority(), name -> new ArrayList<>()).add(judged);
      case TimestampVerdict.Refused refused ->
          found(
              "%s/%d/%s.tsr"
                  .formatted(StoredTimestamps.DIRECTORY, judged.size(), judged.authority()),
              refused.reason());
    }
  }

  private void say(String authority, List<Judged> tokens) {
    String first = covering(tokens.getFirst());
    steps.add(
        "timestamped by "
            + authority
            + (tokens.size() == 1
                ? " at " + first
                : ", %d times, first at %s, last at %s"
                    .formatted(tokens.size(), first, covering(tokens.getLast()))));
  }

  private static String covering(Judged judged) {
    TimestampVerdict.Proven token = (TimestampVerdict.Proven) judged.verdict().orElseThrow();
    return "%s, covering the first %d leaves"
        .formatted(Instant.ofEpochMilli(token.genTimeMillis()), judged.size());
  }

  private void found(String file, String reason) {
    findings.add(new Finding(-1, Finding.Step.CHECKPOINT, reason).in(file));
  }
}

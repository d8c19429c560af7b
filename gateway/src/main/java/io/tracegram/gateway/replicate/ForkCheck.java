package io.tracegram.gateway.replicate;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.replication.OriginHash;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Asks one who contradicts us for the checkpoint it contradicts us with: only our own signature on
 * another history proves a fork, and nobody's word does. Used by one thread at a time.
 */
final class ForkCheck {
  private final Transport transport;
  private final URI served;
  private final List<NoteKey> logKeys;
  private final EvidenceLog log;

  /** What the one who contradicts us could show. */
  sealed interface Finding {
    /** It proves that two histories were signed with our key. */
    record Fork(ForkProof proof) implements Finding {}

    /** It proves nothing, for this reason. */
    record Unproven(String reason) implements Finding {}
  }

  /**
   * @param prefix monitoring prefix: the same address as for submissions
   * @param logKeys our own, Ed25519 first
   */
  ForkCheck(Transport transport, URI prefix, List<NoteKey> logKeys, EvidenceLog log) {
    this.transport = transport;
    this.served =
        URI.create(
            prefix.toString().replaceAll("/+$", "")
                + "/"
                + OriginHash.of(logKeys.getFirst().name())
                + "/checkpoint");
    this.logKeys = List.copyOf(logKeys);
    this.log = log;
  }

  /** Looks for a proof, first in the contradicting answer, then in what the other serves. */
  Finding look(String answer) throws InterruptedException {
    Optional<Finding> enclosed =
        enclosed(answer).map(this::judge).filter(found -> found instanceof Finding.Fork);
    return enclosed.isPresent() ? enclosed.get() : served();
  }

  private Finding served() throws InterruptedException {
    Transport.Answer answer;
    try {
      answer = transport.get(served);
    } catch (IOException e) {
      return new Finding.Unproven("its checkpoint cannot be had: " + e.getMessage());
    }
    if (answer.status() != 200) {
      return new Finding.Unproven(
          "it shows no checkpoint: %s answers %d".formatted(served, answer.status()));
    }
    try {
      return judge(SignedNote.parse(answer.body()));
    } catch (MalformedException e) {
      return new Finding.Unproven("what it shows is no checkpoint: " + e.getMessage());
    }
  }

  private Finding judge(SignedNote theirs) {
    Checkpoint head;
    try {
      head = Checkpoint.parse(theirs.text());
    } catch (MalformedException e) {
      return new Finding.Unproven("what it shows is no checkpoint: " + e.getMessage());
    }
    if (!head.origin().equals(logKeys.getFirst().name())
        || !theirs.isSignedBy(logKeys.getFirst())) {
      return new Finding.Unproven("the checkpoint it shows is not signed by this log");
    }
    Optional<SignedNote> ours = log.checkpoint();
    if (head.size() > log.size()) {
      return new Finding.Fork(new ForkProof(served, theirs, ours, Optional.empty(), List.of()));
    }
    Hash here = log.root(head.size());
    if (here.equals(head.root())) {
      return new Finding.Unproven(
          "the checkpoint it shows, of size " + head.size() + ", is one of this very log");
    }
    long size = ours.map(note -> Checkpoint.parse(note.text()).size()).orElse(0L);
    List<Hash> consistency =
        head.size() > 0 && size >= head.size()
            ? MerkleTree.consistencyProof(log.nodes(), head.size(), size)
            : List.of();
    return new Finding.Fork(new ForkProof(served, theirs, ours, Optional.of(here), consistency));
  }

  private static Optional<SignedNote> enclosed(String answer) {
    int split = answer.indexOf("\n\n");
    try {
      return split < 0
          ? Optional.empty()
          : Optional.of(SignedNote.parse(answer.substring(split + 2)));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }
}

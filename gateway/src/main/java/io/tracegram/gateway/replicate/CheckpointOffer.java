package io.tracegram.gateway.replicate;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.replication.AddCheckpointRequest;
import io.tracegram.ledger.evidence.replication.TreeSize;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client of {@code add-checkpoint} (tlog-witness), which remembers the size its peer knows.
 * Used by one thread at a time.
 */
final class CheckpointOffer {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointOffer.class);
  private static final int ATTEMPTS = 3;

  private final Transport transport;
  private final URI uri;
  private final EvidenceLog log;
  private long knownSize;
  private long vouchedFor;

  CheckpointOffer(Transport transport, URI prefix, EvidenceLog log) {
    this.transport = transport;
    this.uri = URI.create(prefix.toString().replaceAll("/+$", "") + "/add-checkpoint");
    this.log = log;
  }

  /** Offers a checkpoint until the peer has it; returns the body of its answer. */
  String offer(SignedNote note) throws IOException, ContradictionException, InterruptedException {
    long size = Checkpoint.parse(note.text()).size();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Transport.Answer answer =
          transport.post(uri, new AddCheckpointRequest(knownSize, proof(size), note).format());
      switch (answer.status()) {
        case 200 -> {
          knownSize = size;
          vouchedFor = size;
          return answer.body();
        }
        case 409 -> resume(answer, size);
        case 422 ->
            throw new ContradictionException(
                "%s says that it has seen another history of this log (422: %s)"
                    .formatted(uri, answer.excerpt()),
                answer.body());
        default -> throw answer.unexpected(uri);
      }
    }
    throw new IOException(uri + " changes its mind about the size it knows");
  }

  private List<Hash> proof(long size) {
    return knownSize == 0 ? List.of() : MerkleTree.consistencyProof(log.nodes(), knownSize, size);
  }

  private void resume(Transport.Answer answer, long size)
      throws IOException, ContradictionException {
    long theirs;
    try {
      theirs = TreeSize.parse(answer.body());
    } catch (MalformedException e) {
      throw new ContradictionException(
          uri + " answers 409 without the size it knows (tlog-witness)", answer.body());
    }
    if (theirs > log.size()) {
      throw new ContradictionException(
          "%s says that it knows this log with %d leaves, here are %d"
              .formatted(uri, theirs, log.size()),
          answer.body());
    }
    if (theirs > size) {
      throw new IOException(
          uri + " knows size " + theirs + " already, ours is " + size + ": waiting to catch up");
    }
    if (theirs < vouchedFor) {
      LOG.warn(
          "event=replicate.peer-rolled-back peer={} knew={} knows={}", uri, vouchedFor, theirs);
    }
    knownSize = theirs;
  }

  /** Finds the peer's verified cosignature in the lines of its answer. */
  static SignedNote.Signature verified(String lines, SignedNote checkpoint, NoteKey key, URI from)
      throws RefusedCosignatureException {
    for (String line : lines.split("\n", 33)) {
      try {
        SignedNote.Signature signature = SignedNote.Signature.parse(line);
        SignedNote single = new SignedNote(checkpoint.text(), List.of(signature));
        if (single.cosignedAt(key).isPresent()) {
          return signature;
        }
      } catch (MalformedException e) {
        // a line of somebody else's making: tlog-witness has clients ignore unknown ones
      }
    }
    throw new RefusedCosignatureException(
        from
            + " gives no cosignature of this checkpoint that verifies as "
            + key.name()
            + ": is its vkey the right one?");
  }
}

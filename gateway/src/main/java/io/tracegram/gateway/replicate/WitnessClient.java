package io.tracegram.gateway.replicate;

import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.IOException;
import java.net.URI;

/** The client of a tlog-witness. Used by one thread at a time. */
final class WitnessClient implements Peer {
  private final URI url;
  private final NoteKey key;
  private final CheckpointOffer offer;
  private final ForkCheck forkCheck;

  WitnessClient(Transport transport, URI url, NoteKey key, EvidenceLog log, ForkCheck forkCheck) {
    this.url = url;
    this.key = key;
    this.offer = new CheckpointOffer(transport, url, log);
    this.forkCheck = forkCheck;
  }

  @Override
  public NoteKey key() {
    return key;
  }

  @Override
  public boolean takesCosignatures() {
    return false;
  }

  @Override
  public ForkCheck forkCheck() {
    return forkCheck;
  }

  @Override
  public SignedNote.Signature cosignature(SignedNote checkpoint)
      throws IOException,
          ContradictionException,
          RefusedCosignatureException,
          InterruptedException {
    return CheckpointOffer.verified(offer.offer(checkpoint), checkpoint, key, url);
  }
}

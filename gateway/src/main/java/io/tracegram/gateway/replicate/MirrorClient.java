package io.tracegram.gateway.replicate;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.replication.AddEntriesHeader;
import io.tracegram.ledger.evidence.replication.EntryPackage;
import io.tracegram.ledger.evidence.replication.MirrorInfo;
import io.tracegram.ledger.evidence.replication.PackageRange;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;

/** The client of a tlog-mirror. Used by one thread at a time. */
final class MirrorClient implements Peer {
  private static final int MAX_PACKAGES = 32;
  private static final int MAX_BODY = 16 << 20;

  private final Transport transport;
  private final URI uri;
  private final NoteKey key;
  private final EvidenceLog log;
  private final CheckpointOffer offer;
  private final ForkCheck forkCheck;
  private long nextEntry = -1;
  private Content ticket = Content.of(new byte[0]);

  MirrorClient(Transport transport, URI url, NoteKey key, EvidenceLog log, ForkCheck forkCheck) {
    this.transport = transport;
    this.uri = URI.create(url.toString().replaceAll("/+$", "") + "/add-entries");
    this.key = key;
    this.log = log;
    this.offer = new CheckpointOffer(transport, url, log);
    this.forkCheck = forkCheck;
  }

  @Override
  public NoteKey key() {
    return key;
  }

  @Override
  public boolean takesCosignatures() {
    return true;
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
    offer.offer(checkpoint);
    Checkpoint head = Checkpoint.parse(checkpoint.text());
    // a start beyond what the mirror has is the cheapest way to be told where to begin
    long start = nextEntry < 0 ? head.size() : Math.min(nextEntry, head.size());
    int fruitless = 0;
    while (true) {
      Transport.Answer answer = transport.upload(uri, body(head, start));
      switch (answer.status()) {
        case 200 -> {
          nextEntry = head.size();
          return CheckpointOffer.verified(answer.body(), checkpoint, key, uri);
        }
        case 202, 409 -> {
          MirrorInfo info = info(answer);
          fruitless = info.nextEntry() > start ? 0 : fruitless + 1;
          if (info.pendingSize() != head.size() || fruitless > 2) {
            nextEntry = -1;
            throw new IOException(
                uri + " wants entries up to " + info.pendingSize() + " from " + info.nextEntry());
          }
          start = Math.min(info.nextEntry(), head.size());
        }
        case 422 ->
            throw new ContradictionException(
                "%s says that our entries are not those of our own checkpoint (422: %s); if it is right, this disk was changed: run tracegram verify"
                    .formatted(uri, answer.excerpt()),
                answer.body());
        default -> throw answer.unexpected(uri);
      }
    }
  }

  private MirrorInfo info(Transport.Answer answer) throws ContradictionException {
    MirrorInfo info;
    try {
      info = MirrorInfo.parse(answer.body());
    } catch (MalformedException e) {
      throw new ContradictionException(
          "%s answers %d without mirror info (tlog-mirror)".formatted(uri, answer.status()),
          answer.body());
    }
    if (info.nextEntry() > log.size()) {
      throw new ContradictionException(
          "%s says that it holds %d entries of this log, here are %d"
              .formatted(uri, info.nextEntry(), log.size()),
          answer.body());
    }
    nextEntry = info.nextEntry();
    ticket = info.ticket();
    return info;
  }

  /** Writes the first packages of the upload, as many as one request may carry. */
  private byte[] body(Checkpoint head, long start) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new AddEntriesHeader(head.origin(), start, head.size(), ticket).encoded());
    for (PackageRange range : PackageRange.of(start, head.size(), MAX_PACKAGES)) {
      if (body.size() > MAX_BODY) {
        break;
      }
      EntryPackage entries =
          new EntryPackage(
              log.entries(range.start(), range.end()),
              MerkleTree.subtreeProof(log.nodes(), range.subtreeStart(), range.end(), head.size()));
      body.writeBytes(entries.encoded());
    }
    return body.toByteArray();
  }
}

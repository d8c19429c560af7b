package io.tracegram.cloud.mirror;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Frontier;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.replication.AddCheckpointRequest;
import io.tracegram.ledger.evidence.replication.AddEntriesHeader;
import io.tracegram.ledger.evidence.replication.EntryPackage;
import io.tracegram.ledger.evidence.replication.PackageRange;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Content;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log in memory whose history is told by a word; two words make a fork. */
final class SampleLog {
  static final PrivateKey SECRET = PrivateKey.of(Algorithm.ED25519, new byte[32]);
  static final NoteKey KEY = new NoteKey("plant.example/a", NoteKey.Type.LOG, SECRET.publicKey());

  final List<byte[]> entries = new ArrayList<>();
  private final Map<Long, Hash> nodes = new HashMap<>();

  SampleLog(String history, int size) {
    for (int i = 0; i < size; i++) {
      entries.add((history + " " + i + " ".repeat(i % 37)).getBytes(StandardCharsets.UTF_8));
    }
  }

  SignedNote checkpoint(long size) {
    Frontier frontier = new Frontier();
    entries.subList(0, (int) size).forEach(entry -> frontier.append(MerkleTree.leafHash(entry)));
    String text = new Checkpoint(KEY.name(), size, frontier.root()).text();
    return SignedNote.signedBy(text, KEY, SECRET);
  }

  String addCheckpoint(long old, long size) {
    List<Hash> proof =
        old == 0 || old > size ? List.of() : MerkleTree.consistencyProof(this::node, old, size);
    return new AddCheckpointRequest(old, proof, checkpoint(size)).format();
  }

  byte[] upload(long start, long end, int packages) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        new AddEntriesHeader(KEY.name(), start, end, Content.of(new byte[0])).encoded());
    for (PackageRange range : PackageRange.of(start, end, packages)) {
      body.writeBytes(
          new EntryPackage(
                  entries.subList((int) range.start(), (int) range.end()),
                  MerkleTree.subtreeProof(this::node, range.subtreeStart(), range.end(), end))
              .encoded());
    }
    return body.toByteArray();
  }

  private Hash node(int level, long index) {
    long key = ((long) level << 48) | index;
    Hash known = nodes.get(key);
    if (known == null) {
      known =
          level == 0
              ? MerkleTree.leafHash(entries.get((int) index))
              : MerkleTree.nodeHash(node(level - 1, index * 2), node(level - 1, index * 2 + 1));
      nodes.put(key, known);
    }
    return known;
  }
}

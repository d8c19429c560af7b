package io.tracegram.runtime.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Leaves, checkpoints and a tree computed the slow way. */
final class LogFixture {
  static final PrivateKey KEY = PrivateKey.of(Algorithm.ED25519, new byte[32]);
  static final NoteKey NOTE_KEY =
      new NoteKey("operator.example/plant", NoteKey.Type.LOG, KEY.publicKey());

  private LogFixture() {}

  static List<byte[]> leaves(int count, long seed) {
    Random random = new Random(seed);
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] leaf = new byte[1 + random.nextInt(300)];
      random.nextBytes(leaf);
      leaves.add(leaf);
    }
    return leaves;
  }

  /** RFC 6962 §2.1, read aloud. */
  static Hash naiveRoot(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      return Hash.sha256();
    }
    if (leaves.size() == 1) {
      return Hash.sha256(new byte[] {0}, leaves.getFirst());
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    return Hash.sha256(
        new byte[] {1},
        naiveRoot(leaves.subList(0, split)).bytes(),
        naiveRoot(leaves.subList(split, leaves.size())).bytes());
  }

  static SignedNote checkpoint(long size, Hash root) {
    return SignedNote.signedBy(new Checkpoint(NOTE_KEY.name(), size, root).text(), NOTE_KEY, KEY);
  }

  static SignedNote checkpoint(EvidenceLog log) {
    return checkpoint(log.size(), log.root());
  }

  static Hash leafHash(byte[] leaf) {
    return MerkleTree.leafHash(leaf);
  }
}

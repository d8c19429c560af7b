package io.tracegram.ledger.evidence.log;

import io.tracegram.ledger.evidence.Hash;
import java.util.ArrayDeque;
import java.util.Deque;

/** The right edge of a growing tree: appends in O(1) amortised, gives the root. Single-threaded. */
public final class Frontier {
  private final Deque<Hash> edge = new ArrayDeque<>();
  private long size;

  public void append(Hash leafHash) {
    Hash node = leafHash;
    for (long bits = size; (bits & 1) == 1; bits >>= 1) {
      node = MerkleTree.nodeHash(edge.pop(), node);
    }
    edge.push(node);
    size++;
  }

  public long size() {
    return size;
  }

  public Hash root() {
    if (size == 0) {
      return MerkleTree.emptyRoot();
    }
    Hash root = null;
    for (Hash node : edge) {
      root = root == null ? node : MerkleTree.nodeHash(node, root);
    }
    return java.util.Objects.requireNonNull(root);
  }
}

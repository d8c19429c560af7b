package io.tracegram.ledger.evidence.log;

import io.tracegram.ledger.evidence.Hash;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Roots and proofs of RFC 6962 §2.1 over any source of node hashes, and the subtree proofs that
 * tlog-mirror takes from draft-ietf-plants-merkle-tree-certs §4.4. Stateless.
 */
public final class MerkleTree {
  private static final byte[] LEAF_PREFIX = {0};
  private static final byte[] NODE_PREFIX = {1};

  private MerkleTree() {}

  /**
   * Gives the hash of a full subtree of {@code 2^level} leaves that starts at {@code
   * index·2^level}.
   */
  public interface Nodes {
    Hash node(int level, long index);
  }

  public static Hash leafHash(byte[] leaf) {
    return Hash.sha256(LEAF_PREFIX, leaf);
  }

  public static Hash nodeHash(Hash left, Hash right) {
    MessageDigest digest = Hash.newSha256();
    digest.update(NODE_PREFIX);
    left.updateInto(digest);
    right.updateInto(digest);
    return Hash.of(digest.digest());
  }

  public static Hash emptyRoot() {
    return Hash.sha256();
  }

  /** Returns MTH(D[start:end]) for a subtree whose start is aligned as the recursion needs it. */
  public static Hash root(Nodes nodes, long start, long end) {
    long size = end - start;
    if (size == 0) {
      return emptyRoot();
    }
    if (Long.bitCount(size) == 1) {
      int level = Long.numberOfTrailingZeros(size);
      return nodes.node(level, start >>> level);
    }
    long split = Long.highestOneBit(size);
    return nodeHash(root(nodes, start, start + split), root(nodes, start + split, end));
  }

  /**
   * Returns the inclusion proof of leaf {@code index} in the tree of {@code size}, bottom first.
   */
  public static List<Hash> inclusionProof(Nodes nodes, long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("leaf " + index + " is not in a tree of " + size);
    }
    return subtreeProof(nodes, index, index + 1, size);
  }

  /** Returns the RFC 6962 §2.1.2 consistency proof between two sizes, {@code 0 < old ≤ size}. */
  public static List<Hash> consistencyProof(Nodes nodes, long old, long size) {
    if (old < 1 || old > size) {
      throw new IllegalArgumentException("no consistency proof from " + old + " to " + size);
    }
    return subtreeProof(nodes, 0, old, size);
  }

  /**
   * Returns the consistency proof of the subtree {@code [start, end)} with the tree of {@code
   * size}.
   */
  public static List<Hash> subtreeProof(Nodes nodes, long start, long end, long size) {
    List<Hash> proof = new ArrayList<>();
    subproof(nodes, start, end, 0, size, true, proof);
    return proof;
  }

  private static void subproof(
      Nodes nodes, long start, long end, long low, long high, boolean known, List<Hash> proof) {
    if (start == low && end == high) {
      if (!known) {
        proof.add(root(nodes, low, high));
      }
      return;
    }
    long size = high - low;
    long split = low + Long.highestOneBit(size - 1);
    if (end <= split) {
      subproof(nodes, start, end, low, split, known, proof);
      proof.add(root(nodes, split, high));
    } else if (start >= split) {
      subproof(nodes, start, end, split, high, known, proof);
      proof.add(root(nodes, low, split));
    } else {
      subproof(nodes, split, end, split, high, false, proof);
      proof.add(root(nodes, low, split));
    }
  }

  public static boolean verifyInclusion(
      Hash leafHash, long index, long size, List<Hash> proof, Hash root) {
    return index >= 0
        && index < size
        && verifySubtree(leafHash, index, index + 1, size, proof, root);
  }

  /** Checks a consistency proof; sizes that are equal need equal roots, a proof from 0 is empty. */
  public static boolean verifyConsistency(
      long old, Hash oldRoot, long size, List<Hash> proof, Hash root) {
    if (old == 0) {
      return proof.isEmpty()
          && oldRoot.equals(emptyRoot())
          && (size > 0 || (size == 0 && root.equals(emptyRoot())));
    }
    return old > 0 && old <= size && verifySubtree(oldRoot, 0, old, size, proof, root);
  }

  /**
   * Checks that the subtree {@code [start, end)} with the given hash is part of the tree of {@code
   * size} with the given root (draft-ietf-plants-merkle-tree-certs §4.4.3). A subtree that is not
   * valid by its §4.1, whose start is no multiple of its rounded-up length, is refused.
   */
  public static boolean verifySubtree(
      Hash subtree, long start, long end, long size, List<Hash> proof, Hash root) {
    if (start < 0 || start >= end || end > size || proof.size() > 126) {
      return false;
    }
    if (start % roundedUp(end - start) != 0) {
      return false;
    }
    long first = start;
    long last = end - 1;
    long top = size - 1;
    while (first != last && (last == top || (last & 1) == 1)) {
      first >>= 1;
      last >>= 1;
      top >>= 1;
    }
    return climb(subtree, first, last, top, proof, root);
  }

  private static long roundedUp(long length) {
    long power = Long.highestOneBit(length);
    return power == length ? length : power << 1;
  }

  private static boolean climb(
      Hash subtree, long start, long end, long size, List<Hash> proof, Hash root) {
    long first = start;
    long last = end;
    long top = size;
    int next = 0;
    Hash partial = subtree;
    Hash whole = subtree;
    if (first != last) {
      if (proof.isEmpty()) {
        return false;
      }
      partial = proof.get(next++);
      whole = partial;
    }
    for (; next < proof.size(); next++) {
      Hash sibling = proof.get(next);
      if (top == 0) {
        return false;
      }
      if ((last & 1) == 1 || last == top) {
        if (first < last) {
          partial = nodeHash(sibling, partial);
        }
        whole = nodeHash(sibling, whole);
        while ((last & 1) == 0) {
          first >>= 1;
          last >>= 1;
          top >>= 1;
        }
      } else {
        whole = nodeHash(whole, sibling);
      }
      first >>= 1;
      last >>= 1;
      top >>= 1;
    }
    return top == 0 && partial.equals(subtree) && whole.equals(root);
  }
}

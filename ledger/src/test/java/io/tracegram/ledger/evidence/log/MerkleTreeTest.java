package io.tracegram.ledger.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Roots and proofs against the naive recursive definitions of the specifications. */
class MerkleTreeTest {
  private static final int MAX = 70;
  private static final List<byte[]> ENTRIES = entries();
  private static final List<Hash> LEAVES = ENTRIES.stream().map(MerkleTree::leafHash).toList();
  private static final MerkleTree.Nodes NODES =
      (level, index) -> {
        long start = index << level;
        assertThat(start + (1L << level)).isLessThanOrEqualTo(MAX);
        return naiveRoot((int) start, (int) (start + (1L << level)));
      };

  @Test
  void rootsAreThoseOfTheDefinition() {
    for (int size = 0; size <= MAX; size++) {
      assertThat(MerkleTree.root(NODES, 0, size)).isEqualTo(naiveRoot(0, size));
    }
  }

  @Test
  void frontierGivesTheRootAfterEachLeaf() {
    Frontier frontier = new Frontier();
    assertThat(frontier.root()).isEqualTo(MerkleTree.emptyRoot());
    for (int size = 1; size <= MAX; size++) {
      frontier.append(LEAVES.get(size - 1));
      assertThat(frontier.size()).isEqualTo(size);
      assertThat(frontier.root()).isEqualTo(naiveRoot(0, size));
    }
  }

  @Test
  void inclusionProofsAreThoseOfTheDefinitionAndVerify() {
    for (int size = 1; size <= MAX; size++) {
      Hash root = naiveRoot(0, size);
      for (int index = 0; index < size; index++) {
        List<Hash> proof = MerkleTree.inclusionProof(NODES, index, size);
        assertThat(proof).isEqualTo(naivePath(index, 0, size));
        assertThat(MerkleTree.verifyInclusion(LEAVES.get(index), index, size, proof, root))
            .isTrue();
      }
    }
  }

  @Test
  void consistencyProofsAreThoseOfTheDefinitionAndVerify() {
    for (int size = 1; size <= MAX; size++) {
      for (int old = 1; old <= size; old++) {
        List<Hash> proof = MerkleTree.consistencyProof(NODES, old, size);
        assertThat(proof).isEqualTo(naiveSubproof(old, 0, size, true));
        assertThat(
                MerkleTree.verifyConsistency(
                    old, naiveRoot(0, old), size, proof, naiveRoot(0, size)))
            .isTrue();
      }
    }
  }

  @Test
  void subtreeProofsVerifyForEveryValidSubtree() {
    for (int size = 1; size <= MAX; size++) {
      Hash root = naiveRoot(0, size);
      for (int start = 0; start < size; start++) {
        for (int end = start + 1; end <= size; end++) {
          if (isValidSubtree(start, end)) {
            Hash subtree = naiveRoot(start, end);
            List<Hash> proof = MerkleTree.subtreeProof(NODES, start, end, size);
            assertThat(MerkleTree.verifySubtree(subtree, start, end, size, proof, root))
                .as("[%d, %d) of %d", start, end, size)
                .isTrue();
          }
        }
      }
    }
  }

  /** Without the check of alignment, the climb would accept this as the subtree [1, 3). */
  @Test
  void refusesAMisalignedSubtreeThatClimbsToTheRoot() {
    Hash left = naiveRoot(0, 2);
    Hash claimed = MerkleTree.nodeHash(left, LEAVES.get(2));
    List<Hash> proof = List.of(LEAVES.get(2), LEAVES.get(3), left);
    assertThat(MerkleTree.verifySubtree(claimed, 1, 3, 4, proof, naiveRoot(0, 4))).isFalse();
  }

  @Test
  void refusesAnyAlteredProof() {
    for (int size : new int[] {1, 2, 3, 5, 7, 8, 13, 64, 65, 70}) {
      Hash root = naiveRoot(0, size);
      for (int start = 0; start < size; start++) {
        for (int end = start + 1; end <= size; end++) {
          if (isValidSubtree(start, end)) {
            refusesAlterations(start, end, size, root);
          }
        }
      }
    }
  }

  private static void refusesAlterations(int start, int end, int size, Hash root) {
    Hash subtree = naiveRoot(start, end);
    List<Hash> proof = MerkleTree.subtreeProof(NODES, start, end, size);
    Hash other = Hash.sha256(new byte[] {42});
    assertThat(MerkleTree.verifySubtree(other, start, end, size, proof, root)).isFalse();
    assertThat(MerkleTree.verifySubtree(subtree, start, end, size, proof, other)).isFalse();
    for (int i = 0; i < proof.size(); i++) {
      List<Hash> altered = new ArrayList<>(proof);
      altered.set(i, other);
      assertThat(MerkleTree.verifySubtree(subtree, start, end, size, altered, root)).isFalse();
    }
    List<Hash> longer = new ArrayList<>(proof);
    longer.add(other);
    assertThat(MerkleTree.verifySubtree(subtree, start, end, size, longer, root)).isFalse();
    if (!proof.isEmpty()) {
      List<Hash> shorter = proof.subList(0, proof.size() - 1);
      assertThat(MerkleTree.verifySubtree(subtree, start, end, size, shorter, root)).isFalse();
    }
  }

  @Test
  void refusesPositionsThatTheTreeDoesNotHave() {
    Hash root = naiveRoot(0, 5);
    List<Hash> proof = MerkleTree.inclusionProof(NODES, 2, 5);
    Hash leaf = LEAVES.get(2);
    assertThat(MerkleTree.verifyInclusion(leaf, -1, 5, proof, root)).isFalse();
    assertThat(MerkleTree.verifyInclusion(leaf, 5, 5, proof, root)).isFalse();
    assertThat(MerkleTree.verifyInclusion(leaf, 3, 5, proof, root)).isFalse();
    assertThat(MerkleTree.verifyInclusion(leaf, 2, 4, proof, root)).isFalse();
    assertThat(MerkleTree.verifySubtree(leaf, 2, 2, 5, proof, root)).isFalse();
    assertThat(MerkleTree.verifyConsistency(6, root, 5, List.of(), root)).isFalse();
    assertThat(MerkleTree.verifyConsistency(0, MerkleTree.emptyRoot(), 5, List.of(), root))
        .isTrue();
    assertThat(MerkleTree.verifyConsistency(0, MerkleTree.emptyRoot(), 5, proof, root)).isFalse();
    assertThat(MerkleTree.verifyConsistency(0, MerkleTree.emptyRoot(), 0, List.of(), root))
        .isFalse();
    assertThatThrownBy(() -> MerkleTree.inclusionProof(NODES, 5, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MerkleTree.consistencyProof(NODES, 0, 5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The reference tree that the certificate-transparency implementations test with. */
  @Test
  void knowsTheRootsOfTheReferenceTree() {
    String[] inputs = {
      "",
      "00",
      "10",
      "2021",
      "3031",
      "40414243",
      "5051525354555657",
      "606162636465666768696a6b6c6d6e6f"
    };
    String[] roots = {
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    };
    assertThat(MerkleTree.emptyRoot().hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    Frontier frontier = new Frontier();
    for (int i = 0; i < inputs.length; i++) {
      frontier.append(MerkleTree.leafHash(HexFormat.of().parseHex(inputs[i])));
      assertThat(frontier.root().hex()).isEqualTo(roots[i]);
    }
  }

  private static List<byte[]> entries() {
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < MAX; i++) {
      entries.add(("entry " + i).getBytes(StandardCharsets.UTF_8));
    }
    return entries;
  }

  /** draft-ietf-plants-merkle-tree-certs §4.1: start is a multiple of the rounded-up length. */
  private static boolean isValidSubtree(int start, int end) {
    int length = 1;
    while (length < end - start) {
      length *= 2;
    }
    return start % length == 0;
  }

  private static int split(int size) {
    int split = 1;
    while (split * 2 < size) {
      split *= 2;
    }
    return split;
  }

  /** RFC 6962 §2.1. */
  private static Hash naiveRoot(int start, int end) {
    int size = end - start;
    if (size == 0) {
      return Hash.sha256();
    }
    if (size == 1) {
      return Hash.sha256(new byte[] {0}, ENTRIES.get(start));
    }
    int middle = start + split(size);
    return Hash.sha256(
        new byte[] {1}, naiveRoot(start, middle).bytes(), naiveRoot(middle, end).bytes());
  }

  /** RFC 6962 §2.1.1. */
  private static List<Hash> naivePath(int index, int start, int end) {
    if (end - start == 1) {
      return List.of();
    }
    int middle = start + split(end - start);
    List<Hash> path = new ArrayList<>();
    if (index < middle) {
      path.addAll(naivePath(index, start, middle));
      path.add(naiveRoot(middle, end));
    } else {
      path.addAll(naivePath(index, middle, end));
      path.add(naiveRoot(start, middle));
    }
    return path;
  }

  /** RFC 6962 §2.1.2. */
  private static List<Hash> naiveSubproof(int old, int start, int end, boolean known) {
    if (old == end) {
      return known ? List.of() : List.of(naiveRoot(start, end));
    }
    int middle = start + split(end - start);
    List<Hash> proof = new ArrayList<>();
    if (old <= middle) {
      proof.addAll(naiveSubproof(old, start, middle, known));
      proof.add(naiveRoot(middle, end));
    } else {
      proof.addAll(naiveSubproof(old, middle, end, false));
      proof.add(naiveRoot(start, middle));
    }
    return proof;
  }
}

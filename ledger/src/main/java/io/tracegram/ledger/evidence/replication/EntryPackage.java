package io.tracegram.ledger.evidence.replication;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.EntryBundle;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * At most 256 entries with the proof that they are part of a checkpoint (tlog-mirror, "Request
 * Body"). Reading checks form only. Immutable by convention: the entries are not copied.
 *
 * @param entries in order, each at most 65,535 bytes
 * @param proof subtree consistency proof, at most 63 hashes
 */
public record EntryPackage(List<byte[]> entries, List<Hash> proof) {
  /** No package is longer: 256 entries of the longest kind, and 63 hashes. */
  public static final int MAX_LENGTH = 256 * (2 + 65_535) + 1 + 63 * Hash.LENGTH;

  public EntryPackage {
    entries = List.copyOf(entries);
    proof = List.copyOf(proof);
    if (proof.size() > AddCheckpointRequest.MAX_HASHES) {
      throw new IllegalArgumentException("a subtree proof has at most 63 hashes");
    }
  }

  public byte[] encoded() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(EntryBundle.encode(entries));
    out.write(proof.size());
    proof.forEach(hash -> out.writeBytes(hash.bytes()));
    return out.toByteArray();
  }

  /**
   * Reads a package of {@code count} entries at the start of a buffer; its position then stands
   * behind it.
   *
   * @return empty, with the position unchanged, if the package is not complete yet
   * @throws MalformedException as soon as the bytes cannot become a package
   */
  public static Optional<EntryPackage> read(ByteBuffer in, int count) {
    if (!isComplete(in, count)) {
      return Optional.empty();
    }
    List<byte[]> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] entry = new byte[Short.toUnsignedInt(in.getShort())];
      in.get(entry);
      entries.add(entry);
    }
    int hashes = in.get();
    List<Hash> proof = new ArrayList<>(hashes);
    for (int i = 0; i < hashes; i++) {
      byte[] hash = new byte[Hash.LENGTH];
      in.get(hash);
      proof.add(Hash.of(hash));
    }
    return Optional.of(new EntryPackage(entries, proof));
  }

  /** Walks the lengths only, so that asking again with each arriving byte stays cheap. */
  private static boolean isComplete(ByteBuffer in, int count) {
    int at = in.position();
    for (int i = 0; i < count; i++) {
      if (in.limit() - at < 2) {
        return false;
      }
      at += 2 + Short.toUnsignedInt(in.getShort(at));
    }
    if (at >= in.limit()) {
      return false;
    }
    int hashes = Byte.toUnsignedInt(in.get(at));
    if (hashes > AddCheckpointRequest.MAX_HASHES) {
      throw new MalformedException("a subtree proof of " + hashes + " hashes");
    }
    return in.limit() - at - 1 >= hashes * Hash.LENGTH;
  }
}

package io.tracegram.ledger.evidence.log;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entries as tlog-tiles serves them: each behind its big-endian uint16 length. Stateless. */
public final class EntryBundle {
  private EntryBundle() {}

  /** Joins entries, each of at most 65,535 bytes. */
  public static byte[] encode(List<byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length > Leaf.MAX_LENGTH) {
        throw new IllegalArgumentException("entry of " + entry.length + " bytes");
      }
      out.write(entry.length >>> 8);
      out.write(entry.length);
      out.write(entry, 0, entry.length);
    }
    return out.toByteArray();
  }

  /**
   * Splits a bundle.
   *
   * @throws MalformedException unless it holds exactly {@code width} whole entries
   */
  public static List<byte[]> decode(byte[] bundle, int width) {
    List<byte[]> entries = new ArrayList<>(width);
    int at = 0;
    while (at < bundle.length) {
      if (bundle.length - at < 2) {
        throw new MalformedException("bundle ends within a length", at);
      }
      int length = ((bundle[at] & 0xFF) << 8) | (bundle[at + 1] & 0xFF);
      at += 2;
      if (bundle.length - at < length) {
        throw new MalformedException("bundle ends within entry " + entries.size(), at);
      }
      entries.add(Arrays.copyOfRange(bundle, at, at + length));
      at += length;
    }
    if (entries.size() != width) {
      throw new MalformedException("bundle of " + entries.size() + " entries, expected " + width);
    }
    return entries;
  }
}

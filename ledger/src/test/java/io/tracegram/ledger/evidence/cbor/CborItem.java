package io.tracegram.ledger.evidence.cbor;

import io.tracegram.ledger.evidence.statement.Content;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Any item of the subset: what a caller reads whose grammar allows every shape up to a depth. */
sealed interface CborItem {
  /** Nesting that {@link #read} allows. */
  int MAX_DEPTH = 8;

  /** The order of RFC 8949 §4.2.1: that of the encoded keys. */
  Comparator<Integer> KEY_ORDER =
      Comparator.<Integer, Boolean>comparing(key -> key < 0)
          .thenComparing(key -> key < 0 ? ~key : key);

  /** An integer of either sign. */
  record Whole(long value) implements CborItem {}

  /** A byte string. */
  record Bytes(Content value) implements CborItem {}

  /** A text. */
  record Text(String value) implements CborItem {}

  /** An array. */
  record Array(List<CborItem> items) implements CborItem {
    public Array {
      items = List.copyOf(items);
    }
  }

  /** An integer-keyed map, in key order. */
  record Map(SortedMap<Integer, CborItem> entries) implements CborItem {}

  /** An item behind the subset's one tag, COSE_Sign1. */
  record Sign1(CborItem item) implements CborItem {}

  /**
   * Reads one item strictly.
   *
   * @throws MalformedException for whatever the reader refuses
   */
  static CborItem read(byte[] encoded) {
    CborReader in = new CborReader(encoded);
    CborItem item = take(encoded, in, MAX_DEPTH);
    in.end();
    // now the caller knows which keys to ask for: the reader itself refuses another order
    CborReader again = new CborReader(encoded);
    demandKeys(again, item);
    again.end();
    return item;
  }

  static SortedMap<Integer, CborItem> noEntries() {
    return new TreeMap<>(KEY_ORDER);
  }

  private static CborItem take(byte[] input, CborReader in, int depth) {
    if (depth == 0) {
      throw new MalformedException("nested too deep", in.position());
    }
    int head = in.position() < input.length ? input[in.position()] & 0xFF : 0;
    return switch (head >>> 5) {
      case CborWriter.BYTES -> new Bytes(Content.of(in.bytes(input.length)));
      case CborWriter.TEXT -> new Text(in.text(input.length));
      case CborWriter.ARRAY -> {
        int count = in.array(input.length);
        List<CborItem> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          items.add(take(input, in, depth - 1));
        }
        yield new Array(items);
      }
      case CborWriter.MAP -> {
        int count = head & 0x1F;
        in.mapOf(count);
        SortedMap<Integer, CborItem> entries = noEntries();
        for (int i = 0; i < count; i++) {
          int key = (int) in.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
          entries.put(key, take(input, in, depth - 1));
        }
        yield new Map(entries);
      }
      case CborWriter.TAG -> {
        in.tag(18);
        yield new Sign1(take(input, in, depth - 1));
      }
      default -> new Whole(in.integer());
    };
  }

  private static void demandKeys(CborReader in, CborItem item) {
    switch (item) {
      case Whole(long value) -> in.integer(value, value);
      case Bytes(Content value) -> in.bytes(value.length());
      case Text _ -> in.text(Integer.MAX_VALUE);
      case Array(List<CborItem> items) -> {
        in.arrayOf(items.size());
        items.forEach(each -> demandKeys(in, each));
      }
      case Map(SortedMap<Integer, CborItem> entries) -> {
        in.mapOf(entries.size());
        entries.forEach(
            (key, value) -> {
              in.key(key);
              demandKeys(in, value);
            });
      }
      case Sign1(CborItem tagged) -> {
        in.tag(18);
        demandKeys(in, tagged);
      }
    }
  }

  default byte[] encoded() {
    CborWriter out = new CborWriter();
    write(out);
    return out.toByteArray();
  }

  private void write(CborWriter out) {
    switch (this) {
      case Whole(long value) -> out.integer(value);
      case Bytes(Content value) -> out.bytes(value.bytes());
      case Text(String value) -> out.text(value);
      case Array(List<CborItem> items) -> {
        out.array(items.size());
        items.forEach(item -> item.write(out));
      }
      case Map(SortedMap<Integer, CborItem> entries) -> {
        out.map(entries.size());
        entries.forEach(
            (key, value) -> {
              out.integer(key);
              value.write(out);
            });
      }
      case Sign1(CborItem item) -> item.write(out.tag(18));
    }
  }
}

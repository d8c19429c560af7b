package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** An input that may be larger than a leaf: it stands in its statement, or in parts before it. */
public sealed interface Document {
  /** Largest whole, in bytes. */
  int MAX_LENGTH = 16 << 20;

  /** The bytes themselves. */
  record Inline(Content content) implements Document {}

  /**
   * A reference to {@code part} leaves before this one.
   *
   * @param sha256 of the whole
   * @param length of the whole, in bytes
   */
  record Parts(Hash sha256, int length) implements Document {}

  /**
   * Returns the statements that bring a document into a log: parts first if it needs them, then the
   * one that is about it.
   *
   * @throws IllegalArgumentException if it is longer than {@link #MAX_LENGTH}
   */
  static List<Body> stated(byte[] bytes, Function<Document, Body> about) {
    if (bytes.length <= BodyCodec.MAX_CONTENT) {
      return List.of(about.apply(new Inline(Content.of(bytes))));
    }
    if (bytes.length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a document of " + bytes.length + " bytes is longer than " + MAX_LENGTH);
    }
    Hash whole = Hash.sha256(bytes);
    int count = Math.ceilDiv(bytes.length, BodyCodec.MAX_CONTENT);
    List<Body> bodies = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      int from = part * BodyCodec.MAX_CONTENT;
      int to = Math.min(bytes.length, from + BodyCodec.MAX_CONTENT);
      bodies.add(
          new Body.Part(whole, part, count, Content.of(Arrays.copyOfRange(bytes, from, to))));
    }
    bodies.add(about.apply(new Parts(whole, bytes.length)));
    return bodies;
  }
}

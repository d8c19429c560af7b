package io.tracegram.runtime.profile;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the elements of SML messages (SML 1.04 §6). Single-threaded; no element is larger or deeper
 * than the bytes that are there.
 */
final class SmlParser {
  private static final int MOST_DEPTH = 16;
  private static final int MOST_TL_BYTES = 4;
  private static final int MOST_NUMBER_BYTES = 8;
  private static final int END_OF_MESSAGE = 0x00;
  private static final int OCTETS = 0;
  private static final int TRUTH = 4;
  private static final int SIGNED = 5;
  private static final int UNSIGNED = 6;
  private static final int LIST = 7;

  private final byte[] bytes;
  private int at;

  /**
   * Type and length.
   *
   * @param length number of a list's elements, else of the bytes that follow
   */
  private record Head(int type, int length) {}

  SmlParser(byte[] bytes) {
    this.bytes = bytes;
  }

  int position() {
    return at;
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  /** Reads the head of a list of a known length. */
  void list(int length) throws SmlException {
    Head head = head();
    if (head.type() != LIST || head.length() != length) {
      throw new SmlException("no list of " + length + " elements where one must be");
    }
  }

  void endOfMessage() throws SmlException {
    if (octet() != END_OF_MESSAGE) {
      throw new SmlException("a message without its end");
    }
  }

  SmlNode next() throws SmlException {
    return next(0);
  }

  private SmlNode next(int depth) throws SmlException {
    Head head = head();
    if (head.type() == LIST) {
      return list(head.length(), depth);
    }
    byte[] value = Arrays.copyOfRange(bytes, at, at + head.length());
    at += head.length();
    return switch (head.type()) {
      case OCTETS -> new SmlNode.Octets(value);
      case TRUTH -> new SmlNode.Truth(number(value, UNSIGNED).signum() != 0);
      case SIGNED, UNSIGNED -> new SmlNode.Count(number(value, head.type()));
      default -> throw new SmlException("an element of unknown type " + head.type());
    };
  }

  private SmlNode list(int length, int depth) throws SmlException {
    if (depth == MOST_DEPTH) {
      throw new SmlException("lists in lists without end");
    }
    List<SmlNode> items = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      items.add(next(depth + 1));
    }
    return new SmlNode.Items(items);
  }

  private static BigInteger number(byte[] value, int type) throws SmlException {
    if (value.length < 1 || value.length > MOST_NUMBER_BYTES) {
      throw new SmlException("a number of " + value.length + " bytes");
    }
    return type == SIGNED ? new BigInteger(value) : new BigInteger(1, value);
  }

  /** A length counts the bytes of the head itself, except that of a list. */
  private Head head() throws SmlException {
    int start = at;
    int next = octet();
    int type = (next >> 4) & 7;
    int length = next & 0xF;
    while ((next & 0x80) != 0) {
      if (at - start == MOST_TL_BYTES) {
        throw new SmlException("a length without end");
      }
      next = octet();
      if ((next & 0x70) != 0) {
        throw new SmlException("a length that changes its type");
      }
      length = (length << 4) | (next & 0xF);
    }
    int rest = type == LIST ? length : length - (at - start);
    if (rest < 0 || rest > bytes.length - at) {
      throw new SmlException("an element longer than what is there");
    }
    return new Head(type, rest);
  }

  private int octet() throws SmlException {
    if (atEnd()) {
      throw new SmlException("a message that ends too early");
    }
    return bytes[at++] & 0xFF;
  }
}

package io.tracegram.ledger.evidence.cbor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Pulls items of the deterministic subset out of untrusted bytes.
 *
 * <p>Everything outside the subset is refused where it stands: longer-than-needed heads, indefinite
 * lengths, floats, simple values, other tags than the one asked for, integers outside {@code long},
 * unsorted or repeated keys, lengths beyond the bytes left, bad UTF-8, trailing bytes. The caller
 * asks for each item by its type, so depth is bounded by the caller's grammar. Single-threaded.
 */
public final class CborReader {
  private final byte[] input;
  private final int end;
  private int position;

  public CborReader(byte[] input) {
    this(input, 0, input.length);
  }

  private CborReader(byte[] input, int start, int end) {
    this.input = input;
    this.position = start;
    this.end = end;
  }

  public long integer() {
    int at = position;
    int major = peekMajor();
    if (major != CborWriter.UNSIGNED && major != CborWriter.NEGATIVE) {
      throw new MalformedException("expected an integer", at);
    }
    long argument = argument(major);
    return major == CborWriter.UNSIGNED ? argument : ~argument;
  }

  /** Reads an integer of {@code [low, high]}. */
  public long integer(long low, long high) {
    int at = position;
    long value = integer();
    if (value < low || value > high) {
      throw new MalformedException("integer " + value + " outside [" + low + ", " + high + "]", at);
    }
    return value;
  }

  public byte[] bytes(int maxLength) {
    int length = head(CborWriter.BYTES, maxLength, "byte string");
    byte[] value = Arrays.copyOfRange(input, position, position + length);
    position += length;
    return value;
  }

  public String text(int maxBytes) {
    int length = head(CborWriter.TEXT, maxBytes, "text");
    int at = position;
    position += length;
    if (isAscii(at, length)) {
      return new String(input, at, length, StandardCharsets.US_ASCII);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(input, at, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("bad UTF-8", at);
    }
  }

  /** Reads an array's head and returns its number of items, at most {@code maxItems}. */
  public int array(int maxItems) {
    return head(CborWriter.ARRAY, maxItems, "array");
  }

  /** Reads the head of an array that must have exactly {@code items} items. */
  public void arrayOf(int items) {
    int at = position;
    if (array(items) != items) {
      throw new MalformedException("expected an array of " + items, at);
    }
  }

  /** Reads the head of a map that must have exactly {@code entries} entries. */
  public void mapOf(int entries) {
    int at = position;
    if (head(CborWriter.MAP, entries, "map") != entries) {
      throw new MalformedException("expected a map of " + entries, at);
    }
  }

  /** Reads a map key that must be {@code key}; called in ascending order, it enforces the order. */
  public void key(int key) {
    int at = position;
    if (integer() != key) {
      throw new MalformedException("expected key " + key, at);
    }
  }

  public void tag(int tag) {
    int at = position;
    if (peekMajor() != CborWriter.TAG || argument(CborWriter.TAG) != tag) {
      throw new MalformedException("expected tag " + tag, at);
    }
  }

  public void end() {
    if (position != end) {
      throw new MalformedException("trailing bytes", position);
    }
  }

  public int position() {
    return position;
  }

  private boolean isAscii(int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (input[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private int head(int major, int max, String what) {
    int at = position;
    if (peekMajor() != major) {
      throw new MalformedException(
          "expected " + (major == CborWriter.ARRAY ? "an " : "a ") + what, at);
    }
    long length = argument(major);
    // each item and each byte takes at least one byte of input
    if (length > max || length > end - position) {
      throw new MalformedException(what + " of length " + length + " is too long", at);
    }
    return (int) length;
  }

  private int peekMajor() {
    if (position >= end) {
      throw new MalformedException("truncated", position);
    }
    return (input[position] & 0xFF) >>> 5;
  }

  /** Reads a head's argument; RFC 8949 §4.2.1: the shortest form, no indefinite lengths. */
  private long argument(int major) {
    int at = position;
    int info = input[position++] & 0x1F;
    if (info < 24) {
      return info;
    }
    if (info > 27) {
      throw new MalformedException("indefinite or reserved length", at);
    }
    int size = 1 << (info - 24);
    if (size > end - position) {
      throw new MalformedException("truncated", at);
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = (value << 8) | (input[position++] & 0xFF);
    }
    if (value < 0) {
      throw new MalformedException("number beyond 63 bits", at);
    }
    long smallest = size == 1 ? 24 : 1L << (size * 4);
    if (value < smallest) {
      throw new MalformedException("not the shortest form (major type " + major + ")", at);
    }
    return value;
  }
}

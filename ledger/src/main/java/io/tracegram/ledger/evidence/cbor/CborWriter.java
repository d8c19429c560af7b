package io.tracegram.ledger.evidence.cbor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the deterministic subset; the caller writes map keys in ascending order of their encoding
 * (0, 1, … 23, 24, …, −1, −2, …). Single-threaded.
 */
public final class CborWriter {
  static final int UNSIGNED = 0;
  static final int NEGATIVE = 1;
  static final int BYTES = 2;
  static final int TEXT = 3;
  static final int ARRAY = 4;
  static final int MAP = 5;
  static final int TAG = 6;

  private byte[] buffer = new byte[256];
  private int length;

  public CborWriter integer(long value) {
    if (value >= 0) {
      head(UNSIGNED, value);
    } else {
      head(NEGATIVE, ~value);
    }
    return this;
  }

  public CborWriter bytes(byte[] value) {
    head(BYTES, value.length);
    return append(value);
  }

  public CborWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    head(TEXT, utf8.length);
    return append(utf8);
  }

  public CborWriter array(int items) {
    head(ARRAY, items);
    return this;
  }

  public CborWriter map(int entries) {
    head(MAP, entries);
    return this;
  }

  public CborWriter tag(int tag) {
    head(TAG, tag);
    return this;
  }

  /** Splices bytes that are already one encoded item. */
  public CborWriter encoded(byte[] item) {
    return append(item);
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, length);
  }

  private CborWriter append(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, buffer, length, value.length);
    length += value.length;
    return this;
  }

  private void head(int major, long argument) {
    ensure(9);
    int type = major << 5;
    if (argument < 24) {
      buffer[length++] = (byte) (type | argument);
    } else if (argument < 1L << 8) {
      buffer[length++] = (byte) (type | 24);
      bigEndian(argument, 1);
    } else if (argument < 1L << 16) {
      buffer[length++] = (byte) (type | 25);
      bigEndian(argument, 2);
    } else if (argument < 1L << 32) {
      buffer[length++] = (byte) (type | 26);
      bigEndian(argument, 4);
    } else {
      buffer[length++] = (byte) (type | 27);
      bigEndian(argument, 8);
    }
  }

  private void bigEndian(long value, int size) {
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >>> shift);
    }
  }

  private void ensure(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}

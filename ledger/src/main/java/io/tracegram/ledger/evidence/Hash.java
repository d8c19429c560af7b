package io.tracegram.ledger.evidence;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value: 32 bytes, compared by content, ordered as unsigned bytes. Immutable. */
public final class Hash implements Comparable<Hash> {
  public static final int LENGTH = 32;

  /** 32 zero bytes: the predecessor of an epoch's first statement. */
  public static final Hash ZERO = new Hash(new byte[LENGTH]);

  private final byte[] value;

  private Hash(byte[] value) {
    this.value = value;
  }

  public static Hash of(byte[] value) {
    if (value.length != LENGTH) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + value.length);
    }
    return new Hash(value.clone());
  }

  public static Hash sha256(byte[]... parts) {
    MessageDigest digest = newSha256();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return new Hash(digest.digest());
  }

  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  public byte[] bytes() {
    return value.clone();
  }

  public void writeTo(ByteBuffer target) {
    target.put(value);
  }

  public void updateInto(MessageDigest digest) {
    digest.update(value);
  }

  public String hex() {
    return HexFormat.of().formatHex(value);
  }

  @Override
  public int compareTo(Hash other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && MessageDigest.isEqual(value, hash.value);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(value).getInt();
  }

  @Override
  public String toString() {
    return hex();
  }
}

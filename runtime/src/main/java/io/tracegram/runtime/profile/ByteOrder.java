package io.tracegram.runtime.profile;

/**
 * The order in which a value's bytes are sent, for a 32-bit value ABCD with A the most significant.
 * For 16 bits the second half of the name does not apply; for 64 bits it continues alike.
 */
public enum ByteOrder {
  ABCD(false, false),
  DCBA(true, true),
  BADC(false, true),
  CDAB(true, false);

  private final boolean wordsReversed;
  private final boolean bytesSwapped;

  ByteOrder(boolean wordsReversed, boolean bytesSwapped) {
    this.wordsReversed = wordsReversed;
    this.bytesSwapped = bytesSwapped;
  }

  /**
   * Turns bytes as sent into big-endian order, or the reverse: the reordering is its own inverse.
   */
  byte[] reorder(byte[] bytes) {
    byte[] reordered = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      int word = i / 2;
      int within = i % 2;
      int fromWord = wordsReversed ? bytes.length / 2 - 1 - word : word;
      reordered[i] = bytes[2 * fromWord + (bytesSwapped ? 1 - within : within)];
    }
    return reordered;
  }
}

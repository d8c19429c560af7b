package io.tracegram.runtime.timestamp;

/** Measures how deep DER is nested, before a recursive parser sees it. Stateless. */
final class DerDepth {
  private static final int CONSTRUCTED = 0x20;
  private static final int LONG_TAG = 0x1F;

  private DerDepth() {}

  /** Returns the depth as far as the bytes can be read; what is no DER ends the measuring. */
  static int of(byte[] der) {
    int deepest = 0;
    int[] ends = new int[256];
    int depth = 0;
    int at = 0;
    while (at < der.length && depth < ends.length) {
      while (depth > 0 && at >= ends[depth - 1]) {
        depth--;
      }
      int tag = der[at++] & 0xFF;
      if ((tag & LONG_TAG) == LONG_TAG || at >= der.length) {
        return deepest;
      }
      int length = der[at++];
      if (length < 0) {
        int bytes = length & 0x7F;
        if (bytes == 0) {
          length = der.length - at; // indefinite: it may hold all that follows
        } else if (bytes > 3 || at + bytes > der.length) {
          return deepest;
        } else {
          length = 0;
          for (int i = 0; i < bytes; i++) {
            length = length << 8 | der[at++] & 0xFF;
          }
        }
      }
      if ((tag & CONSTRUCTED) == 0) {
        at += length;
      } else {
        ends[depth++] = at + length;
        deepest = Math.max(deepest, depth);
      }
    }
    return deepest;
  }
}

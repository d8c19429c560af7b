package io.tracegram.runtime.profile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a value of a meter means, by IEC 62056-61: {@code A-B:C.D.E*F}. Immutable.
 *
 * @param a medium, each part in the range [0, 255]
 * @param b channel
 * @param c physical quantity
 * @param d kind of processing
 * @param e tariff
 * @param f billing period, 255 for now
 */
public record ObisCode(int a, int b, int c, int d, int e, int f) {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(\\d{1,3})-(\\d{1,3}):(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:\\*(\\d{1,3}))?");
  private static final int NOW = 255;

  /** Number of bytes of a code on the wire. */
  static final int BYTES = 6;

  public ObisCode {
    for (int part : new int[] {a, b, c, d, e, f}) {
      if (part < 0 || part > 255) {
        throw new IllegalArgumentException("a part of an OBIS code is from 0 to 255, not " + part);
      }
    }
  }

  /**
   * Reads a code as people write it; without {@code *F} it is of now.
   *
   * @throws IllegalArgumentException saying what is expected
   */
  public static ObisCode parse(String text) {
    Matcher parts = WRITTEN.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "must be an OBIS code such as 1-0:1.8.0, not '" + text + "'");
    }
    return new ObisCode(
        part(parts, 1),
        part(parts, 2),
        part(parts, 3),
        part(parts, 4),
        part(parts, 5),
        parts.group(6) == null ? NOW : part(parts, 6));
  }

  private static int part(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  /** Reads a code of {@link #BYTES} bytes. */
  static ObisCode of(byte[] bytes) {
    return new ObisCode(
        bytes[0] & 0xFF,
        bytes[1] & 0xFF,
        bytes[2] & 0xFF,
        bytes[3] & 0xFF,
        bytes[4] & 0xFF,
        bytes[5] & 0xFF);
  }

  @Override
  public String toString() {
    return "%d-%d:%d.%d.%d*%d".formatted(a, b, c, d, e, f);
  }
}

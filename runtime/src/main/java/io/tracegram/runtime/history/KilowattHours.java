package io.tracegram.runtime.history;

import java.util.Locale;

/** The written form of energy: kWh, a decimal point, exact to 1 mWh. Pure, stateless. */
final class KilowattHours {
  /** Largest value, mWh: what a double of other people's programs still holds exactly. */
  static final long MAX = 1L << 53;

  /** Stands for a text that is no energy. */
  static final long NONE = -1;

  private static final int DECIMALS = 6;

  private KilowattHours() {}

  /** Returns the energy in mWh, or {@link #NONE}. */
  static long parse(String text) {
    long value = 0;
    int point = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0 && i > 0) {
        point = i;
      } else if (c < '0' || c > '9') {
        return NONE;
      } else if (point < 0 || i - point <= DECIMALS) {
        value = value * 10 + (c - '0');
        if (value > MAX) {
          return NONE;
        }
      } else if (c != '0') {
        return NONE;
      }
    }
    int written = point < 0 ? 0 : text.length() - 1 - point;
    if (text.isEmpty() || (point >= 0 && written == 0)) {
      return NONE;
    }
    for (int i = written; i < DECIMALS; i++) {
      value *= 10;
      if (value > MAX) {
        return NONE;
      }
    }
    return value;
  }

  /** Says why a text is no energy. */
  static String whyNot(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    if (plain.matches("\\d+,\\d+")) {
      return "has a decimal comma: write a point";
    }
    if (plain.matches("-\\d+(\\.\\d+)?")) {
      return "is negative";
    }
    if (plain.matches("\\d+\\.\\d+") && parse(plain.substring(0, plain.indexOf('.'))) != NONE) {
      return plain.length() - plain.indexOf('.') - 1 > DECIMALS
          ? "has more than 6 decimals, finer than 1 mWh"
          : tooLarge();
    }
    if (plain.matches("\\d+(\\.\\d+)?")) {
      return tooLarge();
    }
    return "is not a number: expected kWh such as 3.17";
  }

  static String tooLarge() {
    return "is more than a register can hold here, 2^53 mWh (9007199254.740992 kWh)";
  }
}

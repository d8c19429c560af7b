package io.tracegram.deploy.probe;

import io.tracegram.runtime.profile.RegisterDefinition;

/**
 * Addresses of registers as sent, both included. Immutable.
 *
 * @param from range [0, to]
 * @param to range [from, 65535]
 */
public record AddressRange(int from, int to) {
  private static final int LAST = 0xFFFF;
  private static final int AROUND = 16;

  /** More takes minutes on a slow line. */
  private static final int MOST = 4_096;

  public AddressRange {
    if (from < 0 || to > LAST || from > to || to - from >= MOST) {
      throw new IllegalArgumentException(
          "a scan goes from one address to a later one, both in 0..0xFFFF, over at most "
              + MOST
              + " registers");
    }
  }

  /**
   * Reads {@code FROM..TO}, decimal or hexadecimal with {@code 0x}.
   *
   * @throws IllegalArgumentException saying what is expected
   */
  public static AddressRange parse(String text) {
    String[] ends = text.split("\\.\\.", -1);
    if (ends.length != 2) {
      throw new IllegalArgumentException(
          "a scan is FROM..TO such as 0x0040..0x0060, addresses as sent, not '" + text + "'");
    }
    return new AddressRange(address(ends[0]), address(ends[1]));
  }

  private static int address(String text) {
    try {
      return Integer.decode(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no address such as 0x0048 or 72", e);
    }
  }

  /** Returns what lies around a register, an even number of registers before it. */
  static AddressRange around(RegisterDefinition register) {
    int address = register.address();
    return new AddressRange(
        address < AROUND ? address % 2 : address - AROUND,
        Math.min(LAST, address + register.words() + AROUND - 1));
  }
}

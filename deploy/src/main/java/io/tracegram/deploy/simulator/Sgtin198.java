package io.tracegram.deploy.simulator;

import io.tracegram.ledger.custody.LotId;
import java.math.BigInteger;

/**
 * Writes the EPC of a serialised item into a tag's memory (GS1 EPC Tag Data Standard, SGTIN-198),
 * with a company prefix of seven digits. Stateless.
 */
final class Sgtin198 {
  private static final int HEADER = 0x36;
  private static final int PARTITION_OF_SEVEN = 5;
  private static final int BITS = 198;
  private static final int SERIAL_CHARACTERS = 20;

  private Sgtin198() {}

  /**
   * Returns 26 bytes, whole words of a tag's memory.
   *
   * @param item with a path {@code 01/{gtin}/21/{serial}}
   */
  static byte[] of(LotId item) {
    String[] path = item.path().split("/", 4);
    if (!path[2].equals("21")) {
      throw new IllegalArgumentException("not a serialised item: " + item.path());
    }
    String gtin = path[1];
    BigInteger bits = BigInteger.valueOf(HEADER);
    bits = append(bits, 3, 0);
    bits = append(bits, 3, PARTITION_OF_SEVEN);
    bits = append(bits, 24, Integer.parseInt(gtin.substring(1, 8)));
    bits = append(bits, 20, Integer.parseInt(gtin.charAt(0) + gtin.substring(8, 13)));
    for (int i = 0; i < SERIAL_CHARACTERS; i++) {
      bits = append(bits, 7, i < path[3].length() ? path[3].charAt(i) : 0);
    }
    byte[] memory = new byte[Math.ceilDiv(BITS, 16) * 2];
    byte[] epc = bits.shiftLeft(memory.length * 8 - BITS).toByteArray();
    System.arraycopy(epc, 0, memory, memory.length - epc.length, epc.length);
    return memory;
  }

  private static BigInteger append(BigInteger bits, int width, int value) {
    return bits.shiftLeft(width).or(BigInteger.valueOf(value));
  }
}

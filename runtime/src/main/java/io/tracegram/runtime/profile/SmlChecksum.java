package io.tracegram.runtime.profile;

/** CRC-16/X-25 (ISO/IEC 13239), which guards SML files and each message in them. Stateless. */
final class SmlChecksum {
  private static final int POLYNOMIAL = 0x8408;

  private SmlChecksum() {}

  /** Returns the checksum of the bytes in the range [from, to); sent with its low byte first. */
  static int of(byte[] bytes, int from, int to) {
    int crc = 0xFFFF;
    for (int i = from; i < to; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? (crc >> 1) ^ POLYNOMIAL : crc >> 1;
      }
    }
    return crc ^ 0xFFFF;
  }
}

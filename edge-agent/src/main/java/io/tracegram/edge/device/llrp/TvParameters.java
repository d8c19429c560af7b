package io.tracegram.edge.device.llrp;

/** The lengths of parameters that do not tell them, as LLRP 1.1 lists them. Stateless. */
final class TvParameters {
  static final int ANTENNA = 1;
  static final int FIRST_SEEN_UTC = 2;
  static final int PEAK_RSSI = 6;
  static final int SEEN_COUNT = 8;
  static final int EPC_96 = 13;

  private TvParameters() {}

  /** Returns bytes after the type; nothing can be read behind one that is not known. */
  static int length(int type) throws LlrpException {
    return switch (type) {
      case PEAK_RSSI -> 1;
      // antenna, channel, count, inventory spec, CRC, PC, spec index, client's result, op spec, XPC
      case ANTENNA, 7, SEEN_COUNT, 10, 11, 12, 14, 15, 17, 19, 20 -> 2;
      // ROSpec, AccessSpec, singulation
      case 9, 16, 18 -> 4;
      // first and last seen: since 1970, and since the reader started
      case FIRST_SEEN_UTC, 3, 4, 5 -> 8;
      case EPC_96 -> 12;
      default -> throw LlrpException.malformed("a parameter of the unknown type " + type);
    };
  }
}

package io.tracegram.runtime.profile;

import java.util.Optional;

/** What an M-Bus meter says it measures (EN 13757-3, device types). */
public enum MBusMedium {
  ELECTRICITY(0x02, 0x02),
  GAS(0x03, 0x03),
  /** At the outlet, or the inlet. */
  HEAT(0x04, 0x0C),
  STEAM(0x05, 0x05),
  /** At the outlet, or the inlet. */
  COOLING(0x0A, 0x0B);

  private final int code;
  private final int otherCode;

  MBusMedium(int code, int otherCode) {
    this.code = code;
    this.otherCode = otherCode;
  }

  static Optional<MBusMedium> of(int code) {
    for (MBusMedium medium : values()) {
      if (medium.code == code || medium.otherCode == code) {
        return Optional.of(medium);
      }
    }
    return Optional.empty();
  }

  int code() {
    return code;
  }
}

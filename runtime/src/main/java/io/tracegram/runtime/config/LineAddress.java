package io.tracegram.runtime.config;

/** Where a line of bytes without frames begins. Immutable. */
public sealed interface LineAddress {
  /** A serial device server, or a device that sends the same bytes over TCP. */
  record Tcp(HostPort address) implements LineAddress {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /**
   * A serial port of this machine, with 8 data bits.
   *
   * @param device its path, such as {@code /dev/serial/by-id/…}
   * @param baud range [300, 921600]
   * @param stopBits 1 or 2
   */
  record Serial(String device, int baud, Parity parity, int stopBits) implements LineAddress {
    @Override
    public String toString() {
      return device;
    }
  }

  /** The bit by which a serial line protects a byte. */
  enum Parity {
    NONE,
    EVEN,
    ODD
  }
}

package io.tracegram.runtime.config;

import java.time.Duration;

/**
 * A line that several meters share, of which one speaks at a time. Immutable.
 *
 * @param timeout from a request until its whole reply is here
 * @param gap least silence before a request
 */
public record BusConnection(
    String id, Protocol protocol, LineAddress line, Duration timeout, Duration gap) {
  /** What is spoken on it. */
  public enum Protocol {
    /** Modbus over Serial Line V1.02, RTU mode, on a serial line or carried by TCP. */
    MODBUS_RTU,
    /** EN 13757-2 and -3, through a level converter on a serial line or behind TCP. */
    M_BUS
  }

  /** Returns a line with the times that hold where a plant file gives none. */
  public static BusConnection of(String id, Protocol protocol, LineAddress line) {
    return new BusConnection(
        id,
        protocol,
        line,
        Duration.ofMillis(BusReader.timeout(protocol)),
        Duration.ofMillis(BusReader.gap(line)));
  }
}

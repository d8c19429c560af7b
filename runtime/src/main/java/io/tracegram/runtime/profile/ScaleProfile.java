package io.tracegram.runtime.profile;

/**
 * A scale that is asked for weights over TCP or a serial line. Immutable.
 *
 * @param protocol the command set it speaks
 * @param timeoutMillis longest time from a request to its reply, ms, range [100, 60000]
 */
public record ScaleProfile(
    String id, String vendor, String model, String source, Protocol protocol, int timeoutMillis)
    implements DeviceProfile {
  /** The command sets of scales. */
  public enum Protocol {
    /** Mettler Toledo Standard Interface Command Set, lines ended by CR LF. */
    MT_SICS,
    /** Sartorius Balance Interface: lines of 16 or 22 characters with CR LF. */
    SBI,
    /** A&D's standard format. */
    A_AND_D,
    /** Ohaus' standard print commands. */
    OHAUS
  }
}

package io.tracegram.runtime.profile;

/**
 * A reader of RFID tags that is reached over TCP. Immutable.
 *
 * @param protocol what it speaks
 * @param keepaliveMillis how often it is asked to show life, ms, range [1000, 60000]; silent for
 *     three times that, it is given up
 */
public record PortalProfile(
    String id, String vendor, String model, String source, Protocol protocol, int keepaliveMillis)
    implements DeviceProfile {
  /** The protocols of readers. */
  public enum Protocol {
    /** Low Level Reader Protocol 1.0.1 or 1.1 (EPCglobal). */
    LLRP
  }
}

package io.tracegram.runtime.profile;

/**
 * A barcode scanner that sends each scan as a line. Immutable.
 *
 * @param acknowledgement what the host answers to a line
 * @param feedback how it shows what became of a scan
 * @param maxLineBytes longest line it may send without its CR LF, range [16, 4096]
 */
public record ScannerProfile(
    String id,
    String vendor,
    String model,
    String source,
    Acknowledgement acknowledgement,
    Feedback feedback,
    int maxLineBytes)
    implements DeviceProfile {
  /** The host's answer to a scan. */
  public enum Acknowledgement {
    /** Nothing is answered. */
    NONE,
    /** One byte: ACK (0x06) for a line that was taken, NAK (0x15) for one that was refused. */
    ACK_NAK
  }

  /** What a display takes. */
  public enum Feedback {
    /** It has none. */
    NONE,
    /** A line {@code OK text} or {@code NO text}, with CR LF, after the answer to the scan. */
    LINE
  }
}

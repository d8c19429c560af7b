package io.tracegram.runtime.timestamp;

import java.util.OptionalLong;

/** What a response of an authority is worth. */
public sealed interface TimestampVerdict {
  /**
   * The checkpoint existed at this time, says the authority.
   *
   * @param genTimeMillis ms since 1970 UTC
   * @param accuracyMillis how far the time may be off, either way, rounded up; empty if not said
   * @param signer subject of the certificate that signed
   */
  record Proven(String authority, long genTimeMillis, OptionalLong accuracyMillis, String signer)
      implements TimestampVerdict {}

  /** The response proves nothing, for this reason. */
  record Refused(String authority, String reason) implements TimestampVerdict {}
}

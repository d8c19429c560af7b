package io.tracegram.edge.device.gpio;

/** A pin that cannot be used, with the reason for a person. */
final class PinException extends Exception {
  private static final long serialVersionUID = 1;

  PinException(String reason, Throwable cause) {
    super(reason, cause);
  }
}

package io.tracegram.runtime.profile;

/** Bytes that are no SML, with the reason for a person. */
final class SmlException extends Exception {
  private static final long serialVersionUID = 1;

  SmlException(String reason) {
    super(reason, null, false, false);
  }
}

package io.tracegram.gateway.replicate;

/** A mirror or witness gave as its cosignature what does not verify as one. */
final class RefusedCosignatureException extends Exception {
  RefusedCosignatureException(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}

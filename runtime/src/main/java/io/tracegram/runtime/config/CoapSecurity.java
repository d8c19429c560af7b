package io.tracegram.runtime.config;

import io.tracegram.ledger.evidence.signature.PublicKey;
import java.nio.file.Path;

/** How a meter that speaks CoAP shows by DTLS who it is (RFC 7252 §9). Immutable, no secret. */
public sealed interface CoapSecurity {
  /** Nothing protects what is said. */
  record None() implements CoapSecurity {}

  /**
   * Both know a key.
   *
   * @param identity by which the meter and the agent name the key
   * @param key file of the key, hexadecimal
   */
  record PreSharedKey(String identity, Path key) implements CoapSecurity {}

  /** Both know each other's public key (RFC 7250). */
  record RawPublicKey(PublicKey key) implements CoapSecurity {}

  /**
   * Both have certificates (X.509).
   *
   * @param trust PEM file of the authorities that may issue the meter's
   * @param subject common name of the meter's
   */
  record Certificate(Path trust, String subject) implements CoapSecurity {}
}

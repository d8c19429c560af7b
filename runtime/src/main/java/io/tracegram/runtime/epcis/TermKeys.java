package io.tracegram.runtime.epcis;

import io.tracegram.ledger.evidence.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Names terms by 64 bits of a hash over a secret, so that nobody can make two terms collide.
 * Single- threaded.
 */
final class TermKeys {
  private final MessageDigest digest = Hash.newSha256();
  private final byte[] secret;

  /**
   * @param secret that nobody else knows, the same for as long as the keys are stored
   */
  TermKeys(byte[] secret) {
    this.secret = secret.clone();
  }

  long of(Term term) {
    digest.update(secret);
    digest.update((byte) term.field().code());
    digest.update(term.value().getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest.digest()).getLong();
  }
}

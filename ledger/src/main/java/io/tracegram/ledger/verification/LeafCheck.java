package io.tracegram.ledger.verification;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.signature.PublicKey;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a leaf's bytes say by themselves, on any thread and in any order; {@link LogReplay} decides
 * in log order what it is worth.
 */
public sealed interface LeafCheck {
  /** The bytes are no leaf of the strict format. */
  record Malformed(String reason) implements LeafCheck {}

  /**
   * A well-formed leaf.
   *
   * @param signer the key that was found to have made its signature; empty if none was tried or it
   *     did not verify, and the signature is then still to be checked
   */
  record WellFormed(Leaf leaf, Optional<PublicKey> signer) implements LeafCheck {}

  /** Reads a leaf, its signature unchecked. */
  static LeafCheck of(byte[] encoded) {
    return of(encoded, keyId -> Optional.empty());
  }

  /**
   * Reads a leaf and checks its signature with the key it names, if that is at hand.
   *
   * @param keys keys by their id; whether the author may use one is not asked here
   */
  static LeafCheck of(byte[] encoded, Function<Hash, Optional<PublicKey>> keys) {
    try {
      Leaf leaf = Leaf.parse(encoded);
      return new WellFormed(
          leaf, keys.apply(leaf.statement().keyId()).filter(leaf.statement()::isSignedBy));
    } catch (MalformedException | IllegalArgumentException | ArithmeticException e) {
      return new Malformed(String.valueOf(e.getMessage()));
    }
  }
}

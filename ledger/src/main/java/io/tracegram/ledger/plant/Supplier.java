package io.tracegram.ledger.plant;

import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PublicKey;
import java.util.List;

/**
 * A supplier that signs its documents with a key of its own; immutable.
 *
 * @param name as its documents name it
 * @param key by which its signatures are known: ES256 or Ed25519
 * @param people who may sign, and in which role; empty if the supplier's key says enough
 */
public record Supplier(String id, String name, PublicKey key, List<Person> people) {
  /** Who signs, by a pseudonymous id, in a role. */
  public record Person(String id, String role) {}

  public Supplier {
    people = List.copyOf(people);
    if (key.algorithm() == Algorithm.ML_DSA_44) {
      throw new IllegalArgumentException("documents are signed by ES256 or Ed25519");
    }
  }

  /** Says whether a person may sign in a role. */
  public boolean lets(Person person) {
    return people.isEmpty() || people.contains(person);
  }
}

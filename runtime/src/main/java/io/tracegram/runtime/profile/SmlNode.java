package io.tracegram.runtime.profile;

import java.math.BigInteger;
import java.util.List;

/** One element of an SML message. Immutable. */
sealed interface SmlNode {
  /** An octet string; empty where an optional element is left out. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Octets(byte[] bytes) implements SmlNode {}

  /** An integer of 1 to 8 bytes, with or without a sign. */
  record Count(BigInteger value) implements SmlNode {}

  record Truth(boolean value) implements SmlNode {}

  record Items(List<SmlNode> items) implements SmlNode {
    public Items {
      items = List.copyOf(items);
    }
  }
}

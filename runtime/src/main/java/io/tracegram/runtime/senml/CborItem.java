package io.tracegram.runtime.senml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** One data item of CBOR, as far as a pack needs it. Immutable. */
sealed interface CborItem {
  record Whole(BigInteger value) implements CborItem {}

  /**
   * A float, or a decimal fraction.
   *
   * @param step between it and the next that its bits can hold, 0 for a decimal fraction
   */
  record Real(BigDecimal value, BigDecimal step) implements CborItem {}

  record NotFinite(String name) implements CborItem {}

  record Text(String text) implements CborItem {}

  /** A string of bytes, in base64url without padding. */
  record Bytes(String base64url) implements CborItem {}

  record Flag(boolean set) implements CborItem {}

  record Items(List<CborItem> items) implements CborItem {}

  record Entries(List<Entry> entries) implements CborItem {}

  /**
   * Null, undefined, another simple value, or what stands under a tag that a pack has no use for.
   */
  record Other() implements CborItem {}

  record Entry(CborItem key, CborItem value) {}
}

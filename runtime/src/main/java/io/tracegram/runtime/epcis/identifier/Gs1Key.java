package io.tracegram.runtime.epcis.identifier;

import io.tracegram.ledger.custody.Gs1CheckDigit;
import java.util.Optional;

/**
 * A GS1 identification key at its finest level, as EPCIS compares it.
 *
 * @param identifier application identifier of the key, such as {@code 01}
 * @param key its value, percent-encoded as in a path
 * @param qualifier application identifier of the lot, serial or extension; empty if none
 * @param value what the qualifier says, percent-encoded; empty if none
 */
record Gs1Key(String identifier, String key, String qualifier, String value) {
  static final String RESOLVER = "https://id.gs1.org/";

  Gs1Key(String identifier, String key) {
    this(identifier, key, "", "");
  }

  /** Returns the canonical GS1 Digital Link URI. */
  String link() {
    String link = RESOLVER + identifier + "/" + key;
    return qualifier.isEmpty() ? link : link + "/" + qualifier + "/" + value;
  }

  /** Says which check digit is wrong; empty if none is. */
  Optional<String> objection() {
    int digits =
        switch (identifier) {
          case "00", "8017", "8018" -> 18;
          case "01", "8003", "8006" -> 14;
          case "402" -> 17;
          case "253", "255", "414", "417" -> 13;
          default -> 0;
        };
    if (digits == 0) {
      return Optional.empty();
    }
    String checked = key.substring(0, digits);
    char expected = Gs1CheckDigit.of(checked.substring(0, digits - 1));
    return checked.charAt(digits - 1) == expected
        ? Optional.empty()
        : Optional.of(
            "("
                + identifier
                + ") "
                + checked
                + " has a wrong check digit, "
                + expected
                + " would be right");
  }
}

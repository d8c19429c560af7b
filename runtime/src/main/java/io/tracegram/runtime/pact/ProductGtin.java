package io.tracegram.runtime.pact;

import io.tracegram.ledger.custody.Gs1CheckDigit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the GTIN in a product's URN. Stateless. */
final class ProductGtin {
  private static final Pattern PLAIN = Pattern.compile("(?i:urn:gtin):(\\d+)");
  private static final Pattern PATTERN =
      Pattern.compile("(?i:urn:epc:idpat:sgtin):(\\d{6,12})\\.(\\d{1,7})\\.\\*");

  private ProductGtin() {}

  /** What a URN names. */
  sealed interface Named {
    /** A GTIN of 14 digits. */
    record Gtin(String digits) implements Named {}

    /** Something else. */
    record Other() implements Named {}

    /** A GTIN that is none. */
    record Wrong(String reason) implements Named {}
  }

  static Named of(String urn) {
    Matcher plain = PLAIN.matcher(urn);
    if (plain.matches()) {
      return checked(plain.group(1));
    }
    Matcher pattern = PATTERN.matcher(urn);
    if (pattern.matches()) {
      return ofPattern(pattern.group(1), pattern.group(2))
          .<Named>map(Named.Gtin::new)
          .orElse(new Named.Wrong("has not the 13 digits of company and product"));
    }
    return new Named.Other();
  }

  private static Named checked(String digits) {
    int length = digits.length();
    if (length != 8 && (length < 12 || length > 14)) {
      return new Named.Wrong("has " + length + " digits, and a GTIN has 8, 12, 13 or 14");
    }
    String gtin = "0".repeat(14 - length) + digits;
    return gtin.charAt(13) == Gs1CheckDigit.of(gtin.substring(0, 13))
        ? new Named.Gtin(gtin)
        : new Named.Wrong("has a wrong check digit");
  }

  /** The first digit of the item reference comes before the company (EPC Tag Data Standard). */
  private static Optional<String> ofPattern(String company, String item) {
    if (company.length() + item.length() != 13) {
      return Optional.empty();
    }
    String digits = item.charAt(0) + company + item.substring(1);
    return Optional.of(digits + Gs1CheckDigit.of(digits));
  }
}

package io.tracegram.runtime.epcis.identifier;

import java.util.Optional;

/**
 * The way back from a canonical Digital Link to the EPC URN (EPC Tag Data Standard §6).
 *
 * <p>A Digital Link does not say where its company prefix ends. Who captured a URN gets its own
 * back, for events are kept as captured; for all else the caller says the length, or takes {@link
 * #FALLBACK_LENGTH}, by which the URN names the same key but may not be the one its owner writes.
 * Stateless.
 */
public final class EpcUrn {
  /** Digits of a company prefix of which nothing is known; the most common length. */
  public static final int FALLBACK_LENGTH = 7;

  private final int length;

  private EpcUrn(int length) {
    this.length = length;
  }

  /**
   * Returns the URN of what a Digital Link names.
   *
   * @param link of any domain
   * @param companyPrefixLength digits of the GS1 company prefix, 6 to 12
   * @return empty if it is no Digital Link, or the key has no URN (a lot of pieces, a party's
   *     extension)
   */
  public static Optional<String> of(String link, int companyPrefixLength) {
    if (companyPrefixLength < 6 || companyPrefixLength > 12) {
      throw new IllegalArgumentException(
          "A GS1 company prefix has 6 to 12 digits, not " + companyPrefixLength + ".");
    }
    return DigitalLinkReader.read(link).flatMap(key -> new EpcUrn(companyPrefixLength).of(key));
  }

  private Optional<String> of(Gs1Key key) {
    String digits = Cset.decoded(key.key());
    String value = Cset.inUrn(Cset.decoded(key.value()));
    return switch (key.identifier()) {
      case "01" -> item(digits, key.qualifier(), value);
      case "8006" ->
          switch (key.qualifier()) {
            case "21" -> Optional.of("urn:epc:id:itip:" + pieces(digits) + "." + value);
            case "" -> Optional.of("urn:epc:idpat:itip:" + pieces(digits) + ".*");
            default -> Optional.empty();
          };
      case "00" ->
          Optional.of(
              "urn:epc:id:sscc:" + split(digits.substring(1, 17), length, digits.substring(0, 1)));
      case "414" ->
          Optional.of(
              "urn:epc:id:sgln:"
                  + split(digits.substring(0, 12), length, "")
                  + "."
                  + (value.isEmpty() ? "0" : value));
      case "417" -> Optional.of("urn:epc:id:pgln:" + split(digits.substring(0, 12), length, ""));
      case "8003" -> serialised("grai", digits.substring(1, 13), digits.substring(14));
      case "253" -> serialised("gdti", digits.substring(0, 12), digits.substring(13));
      case "255" -> serialised("sgcn", digits.substring(0, 12), digits.substring(13));
      case "8017" -> Optional.of("urn:epc:id:gsrnp:" + split(digits.substring(0, 17), length, ""));
      case "8018" -> Optional.of("urn:epc:id:gsrn:" + split(digits.substring(0, 17), length, ""));
      case "402" -> Optional.of("urn:epc:id:gsin:" + split(digits.substring(0, 16), length, ""));
      case "401" -> free("id:ginc", digits, "");
      case "8004" -> free("id:giai", digits, "");
      case "8010" ->
          key.qualifier().isEmpty()
              ? free("idpat:cpi", digits, ".*")
              : free("id:cpi", digits, "." + value);
      default -> Optional.empty();
    };
  }

  private Optional<String> item(String gtin, String qualifier, String value) {
    String item = split(gtin.substring(1, 13), length, gtin.substring(0, 1));
    return switch (qualifier) {
      case "21" -> Optional.of("urn:epc:id:sgtin:" + item + "." + value);
      case "10" -> Optional.of("urn:epc:class:lgtin:" + item + "." + value);
      case "235" -> Optional.of("urn:epc:id:upui:" + item + "." + value);
      default -> Optional.of("urn:epc:idpat:sgtin:" + item + ".*");
    };
  }

  private String pieces(String digits) {
    return split(digits.substring(1, 13), length, digits.substring(0, 1))
        + "."
        + digits.substring(14, 16)
        + "."
        + digits.substring(16);
  }

  private Optional<String> serialised(String scheme, String digits, String serial) {
    String type = split(digits, length, "");
    return Optional.of(
        serial.isEmpty()
            ? "urn:epc:idpat:" + scheme + ":" + type + ".*"
            : "urn:epc:id:" + scheme + ":" + type + "." + Cset.inUrn(serial));
  }

  /** A reference of characters that follows the company prefix; it must leave one. */
  private Optional<String> free(String scheme, String key, String end) {
    if (key.length() <= length || !Cset.isDigits(key.substring(0, length))) {
      return Optional.empty();
    }
    return Optional.of(
        "urn:epc:"
            + scheme
            + ":"
            + key.substring(0, length)
            + "."
            + Cset.inUrn(key.substring(length))
            + end);
  }

  /** Puts a point after the company prefix, and an indicator or extension digit behind it. */
  private static String split(String digits, int length, String indicator) {
    return digits.substring(0, length) + "." + indicator + digits.substring(length);
  }
}

package io.tracegram.runtime.epcis.identifier;

import io.tracegram.ledger.custody.Gs1CheckDigit;
import java.util.Optional;

/**
 * Reads EPC URNs, class and pattern URNs (EPC Tag Data Standard §6) as GS1 keys.
 *
 * <p>The reference implementation of the event hash takes serial numbers over with the escapes they
 * were written with, and leaves some keys of twelve-digit company prefixes alone; {@link
 * Reading#REFERENCE} does the same, {@link Reading#STANDARD} reads each URN that is one.
 */
final class EpcUrnReader {
  enum Reading {
    STANDARD,
    REFERENCE
  }

  static final String PREFIX = "urn:epc:";
  private static final int GTIN = 13;
  private static final int ASSET = 12;

  private final Reading reading;
  private final boolean pattern;
  private final String company;
  private final String rest;

  private EpcUrnReader(Reading reading, boolean pattern, String company, String rest) {
    this.reading = reading;
    this.pattern = pattern;
    this.company = company;
    this.rest = rest;
  }

  /** Returns the key that a text beginning with {@link #PREFIX} names; empty if it is malformed. */
  static Optional<Gs1Key> read(String urn, Reading reading) {
    int kindEnd = urn.indexOf(':', PREFIX.length());
    int schemeEnd = kindEnd < 0 ? -1 : urn.indexOf(':', kindEnd + 1);
    int dot = schemeEnd < 0 ? -1 : urn.indexOf('.', schemeEnd);
    if (dot < 0) {
      return Optional.empty();
    }
    String company = urn.substring(schemeEnd + 1, dot);
    if (company.length() < 6 || company.length() > 12 || !Cset.isDigits(company)) {
      return Optional.empty();
    }
    String kind = urn.substring(PREFIX.length(), kindEnd);
    boolean pattern = kind.equals("idpat");
    String scheme = kind.equals("id") || pattern ? urn.substring(kindEnd + 1, schemeEnd) : "";
    if (kind.equals("class") && urn.startsWith("lgtin:", kindEnd + 1)) {
      scheme = "lgtin";
    }
    return new EpcUrnReader(reading, pattern, company, urn.substring(dot + 1)).key(scheme);
  }

  private Optional<Gs1Key> key(String scheme) {
    return switch (scheme) {
      case "sgtin" -> gtin("21", 20);
      case "lgtin" -> gtin("10", 20);
      case "upui" -> gtin("235", 28);
      case "itip" -> pieces();
      case "grai" ->
          isLeftAlone(pattern || !rest.startsWith("..") || rest.length() == 2)
              ? Optional.empty()
              : asset();
      case "gdti" -> isLeftAlone(pattern) ? Optional.empty() : document();
      case "sgcn" -> isLeftAlone(pattern) ? Optional.empty() : coupon();
      case "cpi" -> part();
      default -> pattern ? Optional.empty() : unpatterned(scheme);
    };
  }

  private Optional<Gs1Key> unpatterned(String scheme) {
    return switch (scheme) {
      case "sscc" ->
          reference(17).map(ref -> checked("00", ref.charAt(0) + company + ref.substring(1)));
      case "sgln" -> location();
      case "pgln" -> reference(ASSET).map(ref -> checked("417", company + ref));
      case "giai" -> individual("8004");
      case "ginc" -> individual("401");
      case "gsrn" -> reference(17).map(ref -> checked("8018", company + ref));
      case "gsrnp" -> reference(17).map(ref -> checked("8017", company + ref));
      case "gsin" -> reference(16).map(ref -> checked("402", company + ref));
      default -> Optional.empty();
    };
  }

  /** Of a company prefix of twelve digits the reference expects a dot more than there is. */
  private boolean isLeftAlone(boolean affected) {
    return affected && reading == Reading.REFERENCE && company.length() == ASSET;
  }

  private Optional<Gs1Key> gtin(String qualifier, int longest) {
    return before(GTIN)
        .flatMap(
            item ->
                serial(GTIN, longest)
                    .map(
                        serial -> {
                          String gtin =
                              withCheckDigit(item.charAt(0) + company + item.substring(1));
                          return serial.isEmpty()
                              ? new Gs1Key("01", gtin)
                              : new Gs1Key("01", gtin, qualifier, serial);
                        }));
  }

  private Optional<Gs1Key> pieces() {
    int at = GTIN - company.length();
    if (rest.length() < at + 8
        || rest.charAt(at) != '.'
        || rest.charAt(at + 3) != '.'
        || rest.charAt(at + 6) != '.'
        || !Cset.isDigits(rest.substring(at + 1, at + 3) + rest.substring(at + 4, at + 6))) {
      return Optional.empty();
    }
    String counts = rest.substring(at + 1, at + 3) + rest.substring(at + 4, at + 6);
    String shorter = rest.substring(0, at) + rest.substring(at + 6);
    return new EpcUrnReader(reading, pattern, company, shorter)
        .gtin("21", 20)
        .map(item -> new Gs1Key("8006", item.key() + counts, item.qualifier(), item.value()));
  }

  private Optional<Gs1Key> asset() {
    return before(ASSET)
        .flatMap(
            type ->
                serial(ASSET, 16)
                    .map(
                        serial ->
                            new Gs1Key("8003", withCheckDigit("0" + company + type) + serial)));
  }

  private Optional<Gs1Key> document() {
    return before(ASSET)
        .flatMap(
            type ->
                serial(ASSET, 17)
                    .map(serial -> new Gs1Key("253", withCheckDigit(company + type) + serial)));
  }

  private Optional<Gs1Key> coupon() {
    return before(ASSET)
        .flatMap(
            type ->
                serial(ASSET, 12)
                    .filter(Cset::isDigits)
                    .map(serial -> new Gs1Key("255", withCheckDigit(company + type) + serial)));
  }

  private Optional<Gs1Key> location() {
    return before(ASSET)
        .flatMap(
            place ->
                serial(ASSET, 20)
                    .map(
                        extension -> {
                          String gln = withCheckDigit(company + place);
                          return extension.equals("0")
                              ? new Gs1Key("414", gln)
                              : new Gs1Key("414", gln, "254", extension);
                        }));
  }

  private Optional<Gs1Key> individual(String identifier) {
    int length = Cset.lengthInUrn(rest);
    return length < 1 || length > 30 - company.length()
        ? Optional.empty()
        : Optional.of(new Gs1Key(identifier, company + inLink(rest)));
  }

  private Optional<Gs1Key> part() {
    int dot = rest.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String part = rest.substring(0, dot);
    String serial = rest.substring(dot + 1);
    int length = Cset.lengthOfPart(part);
    boolean fits =
        pattern
            ? serial.equals("*")
            : !serial.isEmpty() && serial.length() <= 12 && Cset.isDigits(serial);
    if (length < 1 || length > 30 - company.length() || !fits) {
      return Optional.empty();
    }
    String key = company + inLink(part);
    return Optional.of(pattern ? new Gs1Key("8010", key) : new Gs1Key("8010", key, "8011", serial));
  }

  /** Returns the digits that, with the company prefix, make {@code total}, a dot following. */
  private Optional<String> before(int total) {
    int length = total - company.length();
    return rest.length() > length && rest.charAt(length) == '.'
        ? Optional.of(rest.substring(0, length)).filter(Cset::isDigits)
        : Optional.empty();
  }

  /** Returns the digits that make {@code total}, nothing following. */
  private Optional<String> reference(int total) {
    return Optional.of(rest)
        .filter(ref -> ref.length() == total - company.length() && Cset.isDigits(ref));
  }

  /** Returns what follows the reference, empty for any serial number of a pattern. */
  private Optional<String> serial(int total, int longest) {
    String serial = rest.substring(total - company.length() + 1);
    if (pattern) {
      return serial.equals("*") ? Optional.of("") : Optional.empty();
    }
    int length = Cset.lengthInUrn(serial);
    return length >= 1 && length <= longest ? Optional.of(inLink(serial)) : Optional.empty();
  }

  private String inLink(String escaped) {
    return switch (reading) {
      case STANDARD -> Cset.inLink(Cset.decoded(escaped));
      case REFERENCE ->
          escaped
              .replace("!", "%21")
              .replace("(", "%28")
              .replace(")", "%29")
              .replace("*", "%2A")
              .replace("+", "%2B")
              .replace(",", "%2C")
              .replace(":", "%3A");
    };
  }

  private static Gs1Key checked(String identifier, String digits) {
    return new Gs1Key(identifier, withCheckDigit(digits));
  }

  private static String withCheckDigit(String digits) {
    return digits + Gs1CheckDigit.of(digits);
  }
}

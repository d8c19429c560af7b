package io.tracegram.ledger.custody;

import java.util.List;
import java.util.Optional;

/**
 * What a GS1 application identifier's value looks like (GS1 General Specifications §3, GS1 syntax
 * dictionary).
 *
 * @param prefix the identifier's digits, without the decimal-point digit of {@code 310n}
 * @param length digits of the whole identifier, 2 to 4
 * @param shortest fewest characters of a value
 * @param longest most characters; equal to {@code shortest} where no separator is needed
 */
record ApplicationIdentifier(
    String prefix, int length, int shortest, int longest, Content content) {
  /** Which characters a value has, and what is checked in it. */
  enum Content {
    DIGITS,
    /** Digits, the last of which is the GS1 check digit. */
    CHECKED_DIGITS,
    /** YYMMDD; day 00 is the month's last day. */
    DATE,
    /** GS1 AI encodable character set 82. */
    CSET_82,
    /** GRAI: 0, thirteen digits with check digit, then an optional serial number of CSET 82. */
    RETURNABLE_ASSET
  }

  private static final String CSET_82_MARKS = "!\"%&'()*+,-./:;<=>?_";

  private static final List<ApplicationIdentifier> TABLE =
      List.of(
          fixed("00", 2, 18, Content.CHECKED_DIGITS),
          fixed("01", 2, 14, Content.CHECKED_DIGITS),
          fixed("02", 2, 14, Content.CHECKED_DIGITS),
          upTo("10", 20, Content.CSET_82),
          fixed("11", 2, 6, Content.DATE),
          fixed("13", 2, 6, Content.DATE),
          fixed("15", 2, 6, Content.DATE),
          fixed("17", 2, 6, Content.DATE),
          upTo("21", 20, Content.CSET_82),
          upTo("30", 8, Content.DIGITS),
          upTo("37", 8, Content.DIGITS),
          fixed("310", 4, 6, Content.DIGITS),
          fixed("330", 4, 6, Content.DIGITS),
          upTo("240", 30, Content.CSET_82),
          upTo("241", 30, Content.CSET_82),
          upTo("400", 30, Content.CSET_82),
          upTo("401", 30, Content.CSET_82),
          fixed("402", 3, 17, Content.CHECKED_DIGITS),
          fixed("410", 3, 13, Content.CHECKED_DIGITS),
          fixed("411", 3, 13, Content.CHECKED_DIGITS),
          fixed("412", 3, 13, Content.CHECKED_DIGITS),
          fixed("413", 3, 13, Content.CHECKED_DIGITS),
          fixed("414", 3, 13, Content.CHECKED_DIGITS),
          fixed("415", 3, 13, Content.CHECKED_DIGITS),
          fixed("416", 3, 13, Content.CHECKED_DIGITS),
          fixed("417", 3, 13, Content.CHECKED_DIGITS),
          new ApplicationIdentifier("8003", 4, 14, 30, Content.RETURNABLE_ASSET),
          upTo("8004", 30, Content.CSET_82),
          upTo("90", 30, Content.CSET_82),
          upTo("91", 90, Content.CSET_82),
          upTo("92", 90, Content.CSET_82),
          upTo("93", 90, Content.CSET_82),
          upTo("94", 90, Content.CSET_82),
          upTo("95", 90, Content.CSET_82),
          upTo("96", 90, Content.CSET_82),
          upTo("97", 90, Content.CSET_82),
          upTo("98", 90, Content.CSET_82),
          upTo("99", 90, Content.CSET_82));

  private static ApplicationIdentifier fixed(
      String prefix, int length, int characters, Content content) {
    return new ApplicationIdentifier(prefix, length, characters, characters, content);
  }

  private static ApplicationIdentifier upTo(String code, int longest, Content content) {
    return new ApplicationIdentifier(code, code.length(), 1, longest, content);
  }

  /** Finds the identifier that stands at {@code position}; no two of them share a beginning. */
  static Optional<ApplicationIdentifier> at(String text, int position) {
    return TABLE.stream()
        .filter(
            identifier ->
                text.startsWith(identifier.prefix, position)
                    && position + identifier.length <= text.length()
                    && isDigits(text.substring(position, position + identifier.length)))
        .findFirst();
  }

  boolean isFixed() {
    return shortest == longest;
  }

  /** Returns what is wrong with a value whose length fits, for a person; empty if nothing is. */
  Optional<String> objection(String value) {
    return switch (content) {
      case DIGITS -> digitsObjection(value);
      case CHECKED_DIGITS -> checkedDigitsObjection(value);
      case DATE -> digitsObjection(value).or(() -> dateObjection(value));
      case CSET_82 -> charactersObjection(value);
      case RETURNABLE_ASSET ->
          value.charAt(0) == '0'
              ? checkedDigitsObjection(value.substring(0, 14))
                  .or(() -> charactersObjection(value.substring(14)))
              : Optional.of("does not begin with 0");
    };
  }

  private static Optional<String> digitsObjection(String value) {
    return isDigits(value) ? Optional.empty() : Optional.of("holds more than digits");
  }

  private static Optional<String> checkedDigitsObjection(String value) {
    return digitsObjection(value)
        .or(
            () -> {
              char expected = Gs1CheckDigit.of(value.substring(0, value.length() - 1));
              return value.charAt(value.length() - 1) == expected
                  ? Optional.empty()
                  : Optional.of(
                      value + " has a wrong check digit, " + expected + " would be right");
            });
  }

  private static Optional<String> charactersObjection(String value) {
    return value.chars().allMatch(ApplicationIdentifier::isCset82)
        ? Optional.empty()
        : Optional.of("holds a character outside the GS1 character set 82");
  }

  private static Optional<String> dateObjection(String value) {
    int year = Integer.parseInt(value.substring(0, 2));
    int month = Integer.parseInt(value.substring(2, 4));
    int day = Integer.parseInt(value.substring(4));
    int days =
        switch (month) {
          case 1, 3, 5, 7, 8, 10, 12 -> 31;
          case 4, 6, 9, 11 -> 30;
          // the two digits mean a year of 1976 to 2075, where every fourth year is a leap year
          case 2 -> year % 4 == 0 ? 29 : 28;
          default -> -1;
        };
    return day <= days ? Optional.empty() : Optional.of(value + " is no date (YYMMDD)");
  }

  private static boolean isDigits(String value) {
    return value.chars().allMatch(ApplicationIdentifier::isDigit);
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  static boolean isCset82(int character) {
    return isDigit(character)
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z')
        || CSET_82_MARKS.indexOf(character) >= 0;
  }
}

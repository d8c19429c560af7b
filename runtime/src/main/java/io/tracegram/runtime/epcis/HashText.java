package io.tracegram.runtime.epcis;

import io.tracegram.runtime.epcis.identifier.Gs1Uri;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;

/** How a value is written in the pre-hash string of an event (CBV 2.0 §8.9). Stateless. */
final class HashText {
  /** By Unicode code point, as the bytes of UTF-8 sort. */
  static final Comparator<String> ORDER = HashText::compare;

  private static final int MOST_DIGITS = 308;

  /** Every decimal of so many digits survives a double. */
  private static final int EXACT_DIGITS = 15;

  private HashText() {}

  /** Returns a value without surrounding space, as Web URI, plain number or Digital Link. */
  static String canonical(String value) {
    String text = stripped(value);
    if (text.isEmpty()) {
      return text;
    }
    if (text.startsWith("urn:") || text.contains("urn:epcglobal:cbv:")) {
      text = webVocabulary(text);
    }
    Optional<String> number = number(text);
    return number.isPresent() ? number.get() : Gs1Uri.forHash(text).orElse(text);
  }

  static String stripped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == '\u0085';
  }

  private static String webVocabulary(String text) {
    return text.replace("urn:epcglobal:cbv:bizstep:", "https://ref.gs1.org/cbv/BizStep-")
        .replace("urn:epcglobal:cbv:disp:", "https://ref.gs1.org/cbv/Disp-")
        .replace("urn:epcglobal:cbv:btt:", "https://ref.gs1.org/cbv/BTT-")
        .replace("urn:epcglobal:cbv:sdt:", "https://ref.gs1.org/cbv/SDT-")
        .replace("urn:epcglobal:cbv:er:", "https://ref.gs1.org/cbv/ER-");
  }

  /** Reads what looks like a decimal number, in text as well, and writes it canonically. */
  private static Optional<String> number(String text) {
    if (text.length() > MOST_DIGITS || !isNumber(text)) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text.replace("_", ""));
      return isWritable(number) ? Optional.of(plain(number)) : Optional.empty();
    } catch (NumberFormatException exponentBeyondInt) {
      return Optional.empty();
    }
  }

  /** Whether a number can be written out without filling the memory. */
  static boolean isWritable(BigDecimal number) {
    return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
  }

  /**
   * Writes a number: no trailing zeros, no exponent but for fractions below 0.0001, which the
   * reference implementation writes as {@code 1e-05}. Up to 15 digits are exact; of more, the
   * reference keeps what an IEEE 754 binary64 keeps, and a published vector demands the same.
   */
  static String plain(BigDecimal number) {
    BigDecimal shortest = number.stripTrailingZeros();
    if (shortest.precision() > EXACT_DIGITS) {
      shortest = binary(shortest);
    }
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (shortest.signum() == 0 || exponent >= -4) {
      return shortest.signum() == 0 ? "0" : shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    return (shortest.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + "e-"
        + (-exponent < 10 ? "0" : "")
        + -exponent;
  }

  /** Integers become the double's exact value, fractions its shortest decimal. */
  private static BigDecimal binary(BigDecimal number) {
    double nearest = number.doubleValue();
    if (Double.isInfinite(nearest)) {
      return number;
    }
    BigDecimal exact = new BigDecimal(nearest);
    boolean whole = exact.stripTrailingZeros().scale() <= 0;
    return whole ? exact : new BigDecimal(Double.toString(nearest)).stripTrailingZeros();
  }

  /** Sign, digits with a point somewhere, exponent; single underscores between digits. */
  private static boolean isNumber(String text) {
    int at = text.charAt(0) == '+' || text.charAt(0) == '-' ? 1 : 0;
    int whole = digits(text, at);
    int end = Math.max(at, whole);
    boolean found = whole > at;
    if (end < text.length() && text.charAt(end) == '.') {
      int fraction = digits(text, end + 1);
      found |= fraction > end + 1;
      end = Math.max(end + 1, fraction);
    }
    if (found && end < text.length() && (text.charAt(end) | 0x20) == 'e') {
      int sign = end + 1 < text.length() && "+-".indexOf(text.charAt(end + 1)) >= 0 ? 1 : 0;
      int exponent = digits(text, end + 1 + sign);
      if (exponent <= end + 1 + sign) {
        return false;
      }
      end = exponent;
    }
    return found && end == text.length();
  }

  /** Returns where the digits that begin at a position end, or -1 if there is none. */
  private static int digits(String text, int start) {
    int at = start;
    while (at < text.length()
        && (isDigit(text.charAt(at))
            || (text.charAt(at) == '_'
                && at > start
                && text.charAt(at - 1) != '_'
                && at + 1 < text.length()
                && isDigit(text.charAt(at + 1))))) {
      at++;
    }
    return at > start ? at : -1;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        boolean bothOrNone = Character.isSurrogate(left) == Character.isSurrogate(right);
        return bothOrNone ? Character.compare(left, right) : Character.isSurrogate(left) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}

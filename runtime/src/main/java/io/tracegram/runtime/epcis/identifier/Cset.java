package io.tracegram.runtime.epcis.identifier;

/**
 * Characters of GS1 serial numbers and lots (character set 82) and their percent encoding in EPC
 * URNs (EPC Tag Data Standard, appendix A) and Digital Link URIs. Stateless.
 */
final class Cset {
  private static final String PLAIN_IN_URN = "!'()*+,-.:;=_";
  private static final String PLAIN_IN_LINK = "'-.;=_";
  private static final String ONLY_ESCAPED_IN_URN = "\"%&/<>?";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private Cset() {}

  /** Returns how many characters an escaped text of a URN has, or -1 if it is malformed. */
  static int lengthInUrn(String text) {
    int count = 0;
    for (int i = 0; i < text.length(); i++, count++) {
      char character = text.charAt(i);
      if (character == '%') {
        int escaped = escaped(text, i);
        if (!isMember(escaped)) {
          return -1;
        }
        i += 2;
      } else if (!isAlphanumeric(character) && PLAIN_IN_URN.indexOf(character) < 0) {
        return -1;
      }
    }
    return count;
  }

  /** Returns how many characters a component or part reference has, or -1 if it is malformed. */
  static int lengthOfPart(String text) {
    int count = 0;
    for (int i = 0; i < text.length(); i++, count++) {
      int character = text.charAt(i);
      if (character == '%') {
        character = escaped(text, i);
        i += 2;
      } else if (character == '#' || character == '/') {
        return -1;
      }
      if (!isPart((char) character)) {
        return -1;
      }
    }
    return count;
  }

  static boolean isPart(char character) {
    return isDigit(character)
        || (character >= 'A' && character <= 'Z')
        || character == '-'
        || character == '#'
        || character == '/';
  }

  /** Returns the text with its escapes resolved; characters beyond ASCII become {@code \0}. */
  static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        int character = escaped(text, i);
        plain.append(character > 0 && character < 128 ? (char) character : '\0');
        i += 2;
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }

  /** Writes a plain text as a Digital Link's path holds it. */
  static String inLink(String plain) {
    return encoded(plain, PLAIN_IN_LINK);
  }

  /** Writes a plain text as an EPC URN holds it. */
  static String inUrn(String plain) {
    return encoded(plain, PLAIN_IN_URN);
  }

  private static String encoded(String plain, String marks) {
    StringBuilder text = new StringBuilder(plain.length() + 8);
    for (int i = 0; i < plain.length(); i++) {
      char character = plain.charAt(i);
      if (isAlphanumeric(character) || marks.indexOf(character) >= 0) {
        text.append(character);
      } else {
        text.append('%').append(HEX[(character >> 4) & 15]).append(HEX[character & 15]);
      }
    }
    return text.toString();
  }

  /** Whether each character of a plain text is of set 82, and there are 1 to {@code longest}. */
  static boolean isText(String plain, int longest) {
    return !plain.isEmpty() && plain.length() <= longest && plain.chars().allMatch(Cset::isMember);
  }

  static boolean isDigits(String text) {
    return text.chars().allMatch(character -> isDigit((char) character));
  }

  static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  static boolean isAlphanumeric(int character) {
    return (character >= '0' && character <= '9')
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z');
  }

  private static boolean isMember(int character) {
    return isAlphanumeric(character)
        || (character > 0
            && (PLAIN_IN_URN.indexOf(character) >= 0
                || ONLY_ESCAPED_IN_URN.indexOf(character) >= 0));
  }

  /** Returns the octet of {@code %XX} at a position, or -1. */
  private static int escaped(String text, int position) {
    if (position + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(position + 1), 16);
    int low = Character.digit(text.charAt(position + 2), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}

package io.tracegram.edge.device;

/** Quotes a piece of what a device sent, so that it is safe in a log line and on a page. */
public final class Excerpt {
  private static final int LONGEST = 40;

  private Excerpt() {}

  /** Returns printable ASCII in double quotes, cut to 40 characters of the original. */
  public static String of(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        quoted.append('\\').append(character);
      } else if (character >= ' ' && character < 0x7F) {
        quoted.append(character);
      } else {
        quoted.append("\\x%02x".formatted((int) character));
      }
    }
    return quoted.append(text.length() > LONGEST ? "...\"" : "\"").toString();
  }
}

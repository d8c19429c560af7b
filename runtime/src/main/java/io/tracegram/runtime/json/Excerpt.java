package io.tracegram.runtime.json;

/** A stranger's text as it may stand in a message: short, in quotes, without control characters. */
public final class Excerpt {
  private static final int LONGEST = 100;

  private Excerpt() {}

  public static String of(String text) {
    StringBuilder safe = new StringBuilder(Math.min(text.length(), LONGEST) + 2);
    for (int i = 0; i < text.length(); i++) {
      if (safe.length() >= LONGEST) {
        return safe.append('…').toString();
      }
      char character = text.charAt(i);
      boolean shown = !Character.isISOControl(character) && !Character.isSurrogate(character);
      safe.append(shown ? character : '?');
    }
    return safe.toString();
  }

  public static String quoted(String text) {
    return "'" + of(text) + "'";
  }
}

package io.tracegram.ledger.evidence.cbor;

/**
 * Says where and why bytes are not an accepted encoding, in one short printable line whatever the
 * bytes were; carries no stack trace, since hostile input raises it at will. Caught where bytes
 * enter and turned into a refusal.
 */
public final class MalformedException extends RuntimeException {
  private static final int LONGEST = 300;

  public MalformedException(String reason) {
    super(printable(reason), null, false, false);
  }

  public MalformedException(String reason, int offset) {
    this(reason + " at byte " + offset);
  }

  /** Reasons end in log lines, PUBACKs and pages: what they quote must not forge another line. */
  private static String printable(String reason) {
    if (reason.length() <= LONGEST && reason.chars().noneMatch(MalformedException::isControl)) {
      return reason;
    }
    int length = Math.min(reason.length(), LONGEST);
    StringBuilder escaped = new StringBuilder(length + 16);
    for (int i = 0; i < length; i++) {
      char character = reason.charAt(i);
      if (isControl(character)) {
        escaped.append("\\u%04x".formatted((int) character));
      } else {
        escaped.append(character);
      }
    }
    return escaped.append(reason.length() > LONGEST ? "…" : "").toString();
  }

  private static boolean isControl(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}

package io.tracegram.ledger.evidence.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.util.Base64;

/**
 * A log's size and root (C2SP tlog-checkpoint, without extension lines). Immutable.
 *
 * @param origin the log's identity, {@code <operator's domain>/<facility id>}
 * @param size number of leaves
 * @param root RFC 6962 root of exactly these leaves
 */
public record Checkpoint(String origin, long size, Hash root) {
  /** Returns the note text, three lines with their newlines. */
  public String text() {
    return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root.bytes()) + "\n";
  }

  /**
   * Reads a note's text strictly.
   *
   * @throws MalformedException if it is no checkpoint of three lines
   */
  public static Checkpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length != 4 || !lines[3].isEmpty() || lines[0].isEmpty()) {
      throw new MalformedException("a checkpoint has exactly three lines");
    }
    return new Checkpoint(lines[0], decimal(lines[1]), hash(lines[2]));
  }

  /** Reads a canonical ASCII decimal of at most 18 digits. */
  public static long decimal(String digits) {
    if (!digits.matches("0|[1-9][0-9]{0,17}")) {
      throw new MalformedException("not a canonical decimal: " + abbreviated(digits));
    }
    return Long.parseLong(digits);
  }

  /** Reads a canonical base64 SHA-256. */
  public static Hash hash(String base64) {
    byte[] bytes = base64(base64);
    if (bytes.length != Hash.LENGTH) {
      throw new MalformedException("not a base64 SHA-256: " + abbreviated(base64));
    }
    return Hash.of(bytes);
  }

  static byte[] base64(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedException("not base64: " + abbreviated(text));
    }
    throw new MalformedException("not canonical base64: " + abbreviated(text));
  }

  private static String abbreviated(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}

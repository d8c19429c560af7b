package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.nio.charset.StandardCharsets;

/**
 * What a scan came to, for the person who made it: unsigned advice that is no part of a log.
 * Immutable.
 *
 * @param scannedMillis plant time of the scan, ms since 1970 UTC
 * @param scan its leaf
 * @param text what happened, and what is next; at most {@link #MAX_TEXT} bytes of UTF-8
 * @param code of the refusal, such as {@code custody.unknown-lot}; empty if there is none
 */
public record Feedback(
    String scanner, long scannedMillis, long scan, Verdict verdict, String text, String code) {
  /** What became of a scan; the ordinal is the wire form. */
  public enum Verdict {
    /** A custody event. */
    ACCEPTED,
    /** Nothing: the text says why. */
    REFUSED,
    /** Taken; more is to come before it is an event. */
    NOTED
  }

  public static final int MAX_TEXT = 512;

  /** Largest encoding. */
  public static final int MAX_LENGTH = 1_024;

  private static final int VERSION = 1;

  public Feedback {
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT) {
      throw new IllegalArgumentException("the text is longer than " + MAX_TEXT + " bytes");
    }
  }

  /** Returns a text of this kind, cut where it is too long. */
  public static String cut(String text) {
    String cut = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    while (cut.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }

  public byte[] encoded() {
    return new CborWriter()
        .array(7)
        .integer(VERSION)
        .text(scanner)
        .integer(scannedMillis)
        .integer(scan)
        .integer(verdict.ordinal())
        .text(text)
        .text(code)
        .toByteArray();
  }

  /**
   * Reads what {@link #encoded} wrote.
   *
   * @throws MalformedException if it is anything else
   */
  public static Feedback parse(byte[] bytes) {
    if (bytes.length > MAX_LENGTH) {
      throw new MalformedException(
          "feedback of " + bytes.length + " bytes, the limit is " + MAX_LENGTH);
    }
    CborReader in = new CborReader(bytes);
    in.arrayOf(7);
    in.integer(VERSION, VERSION);
    Feedback feedback =
        new Feedback(
            in.text(Statement.MAX_ID_LENGTH),
            in.integer(0, BodyCodec.MAX_TIME),
            in.integer(0, Long.MAX_VALUE),
            Verdict.values()[(int) in.integer(0, Verdict.values().length - 1)],
            in.text(MAX_TEXT),
            in.text(Statement.MAX_ID_LENGTH));
    in.end();
    return feedback;
  }
}

package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.Floor;
import io.tracegram.ledger.custody.Floor.Outcome;

/**
 * What a scan came to, for the person who made it; advice that is no part of the accounts.
 *
 * @param scannedMillis plant time of the scan, ms since 1970 UTC
 * @param scan its leaf
 * @param text what happened, and what is next
 * @param code of the refusal, such as {@code custody.unknown-lot}; empty if there is none
 */
public record ScanNotice(
    String scanner, long scannedMillis, long scan, Verdict verdict, String text, String code) {
  /** What became of it. */
  public enum Verdict {
    /** A custody event. */
    ACCEPTED,
    /** Nothing: the text says why. */
    REFUSED,
    /** Taken; more is to come before it is an event. */
    NOTED
  }

  static ScanNotice of(Floor.Told scan, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Happened happened -> notice(scan, Verdict.ACCEPTED, happened.text(), "");
      case Outcome.Noted noted -> notice(scan, Verdict.NOTED, noted.text(), "");
      case Outcome.Refused refused ->
          notice(scan, Verdict.REFUSED, refused.text(), refused.code());
    };
  }

  private static ScanNotice notice(Floor.Told scan, Verdict verdict, String text, String code) {
    return new ScanNotice(
        scan.scanner(), scan.scannedMillis(), scan.leaf(), verdict, text, code);
  }
}

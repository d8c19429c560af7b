package io.tracegram.ledger.account;

/**
 * Something in the signed data that a person should know; immutable.
 *
 * @param code stable, such as {@code custody.unknown-lot}
 * @param subject device, lot or meter
 * @param reason what is wrong
 * @param effect on the figures
 * @param action what to do
 * @param sinceMillis plant time of the first occurrence
 * @param count occurrences
 * @param leaf index of the newest leaf that shows it
 */
public record LedgerProblem(
    String code,
    String subject,
    String reason,
    String effect,
    String action,
    long sinceMillis,
    long count,
    long leaf) {
  /** How the codes of what is about goods begin. */
  public static final String CUSTODY = "custody.";

  /** Says whether it is about goods: lots, orders, scans and weights. */
  public boolean isOfCustody() {
    return code.startsWith(CUSTODY);
  }
}

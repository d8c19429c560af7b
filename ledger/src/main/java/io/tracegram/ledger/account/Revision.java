package io.tracegram.ledger.account;

/**
 * Which account of an interval this is.
 *
 * @param number 0 for the first
 * @param previous leaf of the account that it replaces, −1 for the first
 * @param cause leaf that made it necessary, −1 for the first
 */
public record Revision(int number, long previous, long cause) {
  public static final Revision FIRST = new Revision(0, -1, -1);
}

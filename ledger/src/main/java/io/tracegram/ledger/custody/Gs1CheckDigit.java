package io.tracegram.ledger.custody;

/** The check digit of GS1 keys (GS1 General Specifications §7.9.1). Pure. */
public final class Gs1CheckDigit {
  private Gs1CheckDigit() {}

  /** Returns the digit to follow these: weights 3 and 1 from the right, modulo 10. */
  public static char of(String digits) {
    int sum = 0;
    int weight = 3;
    for (int i = digits.length() - 1; i >= 0; i--) {
      sum += weight * (digits.charAt(i) - '0');
      weight = 4 - weight;
    }
    return (char) ('0' + (10 - sum % 10) % 10);
  }
}

package io.tracegram.ledger.custody;

/**
 * An anomaly beside what happened.
 *
 * @param code stable, such as {@code custody.yield}
 * @param subject what it is about: a lot, an order, a scanner
 * @param effect on the books and figures
 * @param leaf index of the leaf that is its evidence
 */
public record Finding(
    String code, String subject, String reason, String effect, String action, long leaf) {}

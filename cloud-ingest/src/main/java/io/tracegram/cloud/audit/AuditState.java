package io.tracegram.cloud.audit;

import io.tracegram.ledger.account.Share;

/**
 * How far the audit of one log has come; immutable.
 *
 * @param facilityName from the plant model, empty until it is known
 * @param simulated true if the plant model says so
 * @param auditedSize leaves that passed every check
 * @param total of all audited intervals
 * @param priced false if one of them lacks a factor: then the CO2e of {@code total} is not the
 *     whole
 * @param lots with an audited final account
 */
public record AuditState(
    String facilityName,
    boolean simulated,
    long auditedSize,
    Verdict verdict,
    Share total,
    boolean priced,
    long lots) {

  /** What the audit says about the log. */
  public sealed interface Verdict {
    /** All mirrored leaves verify, and the recomputed accounts are equal. */
    record Verified() implements Verdict {}

    /** No finding so far, but something mirrored is not checked yet, or nothing is mirrored. */
    record InProgress() implements Verdict {}

    /**
     * A leaf does not verify; nothing from it on counts.
     *
     * @param leaf its index, −1 for the log as a whole
     * @param reason what is wrong, for a person
     */
    record Failed(long leaf, String reason) implements Verdict {}
  }
}

package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.LedgerProblem;
import java.util.OptionalLong;

/**
 * Something a person should know, whoever noticed it. Immutable.
 *
 * @param code stable, such as {@code intake.bad-signature}
 * @param subject device, agent, lot or meter; text of a stranger, possibly hostile
 * @param reason what is wrong
 * @param effect on the figures
 * @param action what to do
 * @param sinceMillis first occurrence, ms since 1970 UTC, plant time for problems of the accounts
 *     and system time for those of the gateway
 * @param count occurrences
 * @param leaf newest leaf that shows it, empty for what never became a leaf
 */
public record PlantProblem(
    String code,
    String subject,
    String reason,
    String effect,
    String action,
    long sinceMillis,
    long count,
    OptionalLong leaf) {
  /** Says whether it is about goods: lots, orders, scans and weights. */
  boolean isOfCustody() {
    return code.startsWith(LedgerProblem.CUSTODY);
  }

  static PlantProblem of(LedgerProblem problem) {
    return new PlantProblem(
        problem.code(),
        problem.subject(),
        problem.reason(),
        problem.effect(),
        problem.action(),
        problem.sinceMillis(),
        problem.count(),
        problem.leaf() < 0 ? OptionalLong.empty() : OptionalLong.of(problem.leaf()));
  }
}

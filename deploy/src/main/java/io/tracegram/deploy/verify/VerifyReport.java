package io.tracegram.deploy.verify;

import io.tracegram.ledger.account.Totals;
import io.tracegram.ledger.verification.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What was checked, what was found, and what was not proven.
 *
 * @param size of the checkpoint that was verified
 * @param steps what was proven, in order, for people
 * @param notProven what this run could not prove, and why
 * @param notes what was seen and is no part of the evidence
 * @param findings empty if and only if everything checked is right
 */
public record VerifyReport(
    String source,
    String origin,
    long size,
    String root,
    List<String> cosigners,
    boolean witnessed,
    Optional<Totals> totals,
    List<String> steps,
    List<String> notProven,
    List<String> notes,
    List<Finding> findings) {
  public VerifyReport {
    cosigners = List.copyOf(cosigners);
    steps = List.copyOf(steps);
    notProven = List.copyOf(notProven);
    notes = List.copyOf(notes);
    findings = List.copyOf(findings);
  }

  public boolean verified() {
    return findings.isEmpty();
  }
}

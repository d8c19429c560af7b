package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.IntervalAccount;
import java.util.OptionalLong;

/** What is summed over the closed quarters of an hour of a step. Single-threaded. */
final class StepSum {
  /** An account whose leaf is not written yet: the step it belongs to has no evidence yet. */
  private static final long NO_LEAF = Long.MAX_VALUE;

  private final Subject subject;
  private final Content content;
  private final QualitySum quality;
  private int quarters;
  private int open;
  private int restatedSince;
  private long newestLeaf = -1;

  /** The figures of one kind of series. */
  interface Content {
    void add(ClosedInterval.Whole interval);

    /** Adds an account of the first calculator; only if the subject is the whole plant. */
    void add(IntervalAccount account);

    void write(ObjectNode step, int quarters);
  }

  StepSum(Subject subject, Content content) {
    this.subject = subject;
    this.content = content;
    this.quality = new QualitySum(subject);
  }

  void add(ClosedInterval interval) {
    switch (interval) {
      case ClosedInterval.Whole whole -> {
        open += whole.month().isEmpty() ? 1 : 0;
        restatedSince +=
            whole.month().map(ClosedInterval.Month::restatedSince).orElse(false) ? 1 : 0;
        content.add(whole);
        quality.add(whole.account());
      }
      case ClosedInterval.Summary(IntervalAccount account, OptionalLong _) -> {
        if (!subject.isWhole()) {
          return; // it does not tell of nodes and sources
        }
        content.add(account);
        quality.add(account);
      }
    }
    quarters++;
    newestLeaf = Math.max(newestLeaf, interval.leaf().orElse(NO_LEAF));
  }

  void write(ObjectNode step, LogStatus log) {
    step.put("quartersClosed", quarters)
        .put("quartersOfOpenMonths", open)
        .put("quartersRestatedAfterClose", restatedSince);
    content.write(step, quarters);
    step.set("quality", quarters == 0 ? null : quality.json());
    // the newest leaf's state is the lowest of all: evidence never skips a leaf
    step.set(
        "evidence",
        newestLeaf < 0 || newestLeaf == NO_LEAF
            ? null
            : AccountJson.evidence(OptionalLong.of(newestLeaf), log));
  }
}

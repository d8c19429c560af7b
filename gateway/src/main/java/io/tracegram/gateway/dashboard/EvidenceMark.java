package io.tracegram.gateway.dashboard;

import io.tracegram.runtime.web.Figure;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far the evidence of one figure reaches, beside the figure. Immutable.
 *
 * @param href its leaf's page, empty if there is none yet
 * @param state such as {@code witnessed}, empty if there is no leaf
 * @param meaning explains the state
 */
public record EvidenceMark(String href, String state, String meaning) {
  static final EvidenceMark NONE = new EvidenceMark("", "", "");

  static EvidenceMark of(OptionalLong leaf, LogStatus log) {
    if (leaf.isEmpty()) {
      return NONE;
    }
    Optional<LogStatus.Evidence> reached = log.of(leaf.getAsLong());
    return reached.isEmpty()
        ? NONE
        : new EvidenceMark(
            Links.evidence(leaf),
            StatementJson.word(reached.get()),
            "Leaf " + Figure.count(leaf.getAsLong()) + ": " + reached.get().meaning(log));
  }
}

package io.tracegram.ledger.account;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Problems by code and subject, the newest last; at most a thousand, the oldest go first. */
final class ProblemBook {
  private static final int LIMIT = 1_000;

  private final Map<Key, LedgerProblem> problems = new LinkedHashMap<>();

  /** What was raised since it was last {@link #heard}; no state. */
  private final List<LedgerProblem> raised = new ArrayList<>();

  private record Key(String code, String subject) {}

  /** All of it, the newest last. */
  record State(List<LedgerProblem> problems) {}

  ProblemBook(State state) {
    state.problems.forEach(
        problem -> problems.put(new Key(problem.code(), problem.subject()), problem));
  }

  ProblemBook() {}

  State state() {
    return new State(List.copyOf(problems.values()));
  }

  void raise(
      String code,
      String subject,
      String reason,
      String effect,
      String action,
      long millis,
      long count,
      long leaf) {
    Key key = new Key(code, subject);
    raised.add(new LedgerProblem(code, subject, reason, effect, action, millis, count, leaf));
    LedgerProblem before = problems.remove(key);
    problems.put(
        key,
        new LedgerProblem(
            code,
            subject,
            reason,
            effect,
            action,
            before == null ? millis : before.sinceMillis(),
            before == null ? count : before.count() + count,
            leaf));
    if (problems.size() > LIMIT) {
      problems.remove(problems.keySet().iterator().next());
    }
  }

  /** Begins anew to note what is raised. */
  void heard() {
    raised.clear();
  }

  /** Returns each raise since then by itself, in order. */
  List<LedgerProblem> raised() {
    return List.copyOf(raised);
  }

  /** Clears what was wrong with a subject and is right again. */
  void clear(String code, String subject) {
    problems.remove(new Key(code, subject));
  }

  /** Clears what was wrong with any subject. */
  void clear(String code) {
    problems.keySet().removeIf(key -> key.code().equals(code));
  }

  List<LedgerProblem> newestFirst() {
    return new ArrayList<>(problems.values()).reversed();
  }
}

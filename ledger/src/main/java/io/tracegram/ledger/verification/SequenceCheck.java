package io.tracegram.ledger.verification;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks that each (agent, epoch, sequence) comes once and that neighbours are chained, in whatever
 * order they arrive. Memory is bounded by what is out of order. Single-threaded.
 */
final class SequenceCheck {
  private final Map<Author, Progress> authors = new LinkedHashMap<>();

  private record Author(String agent, long epoch) {}

  private record Seen(Hash previous, Hash own) {}

  private static final class Progress {
    private long contiguous;
    private Hash head = Hash.ZERO;
    private final TreeMap<Long, Seen> ahead = new TreeMap<>();
    private final TreeMap<Long, Body.Gap> gaps = new TreeMap<>();
  }

  private record Reached(
      Author author, long contiguous, Hash head, Map<Long, Seen> ahead, Map<Long, Body.Gap> gaps) {}

  /** All of it. */
  record State(List<Reached> authors) {}

  SequenceCheck() {}

  SequenceCheck(State state) {
    for (Reached reached : state.authors) {
      Progress progress = new Progress();
      progress.contiguous = reached.contiguous;
      progress.head = reached.head;
      progress.ahead.putAll(reached.ahead);
      progress.gaps.putAll(reached.gaps);
      authors.put(reached.author, progress);
    }
  }

  State state() {
    return new State(
        authors.entrySet().stream()
            .map(
                entry -> {
                  Progress progress = entry.getValue();
                  return new Reached(
                      entry.getKey(),
                      progress.contiguous,
                      progress.head,
                      progress.ahead,
                      progress.gaps);
                })
            .toList());
  }

  /** Takes the next statement; returns what is wrong with its place. */
  Optional<Finding> next(long leaf, SignedStatement signed) {
    Statement statement = signed.statement();
    Progress progress =
        authors.computeIfAbsent(
            new Author(statement.agent(), statement.epoch()), author -> new Progress());
    long sequence = statement.sequence();
    if (sequence <= progress.contiguous || progress.ahead.containsKey(sequence)) {
      return Optional.of(
          new Finding(
              leaf,
              Finding.Step.SEQUENCE,
              "sequence " + sequence + " of " + statement.agent() + " stands in the log twice"));
    }
    progress.ahead.put(sequence, new Seen(statement.previous(), signed.chainHash()));
    if (statement.body() instanceof Body.Gap gap && gap.last() < sequence) {
      progress.gaps.put(gap.first(), gap);
    }
    return advance(leaf, statement.agent(), progress);
  }

  /** Returns how many statements are still out of order: sequences before them are missing. */
  long holes() {
    return authors.values().stream().filter(progress -> !progress.ahead.isEmpty()).count();
  }

  private static Optional<Finding> advance(long leaf, String agent, Progress progress) {
    while (true) {
      Seen next = progress.ahead.remove(progress.contiguous + 1);
      if (next == null) {
        Map.Entry<Long, Body.Gap> gap = progress.gaps.floorEntry(progress.contiguous + 1);
        if (gap == null || gap.getValue().last() <= progress.contiguous) {
          return Optional.empty();
        }
        progress.contiguous = gap.getValue().last();
        progress.head = gap.getValue().lastHash();
        continue;
      }
      progress.contiguous++;
      boolean chained = next.previous().equals(progress.head);
      progress.head = next.own();
      if (!chained) {
        return Optional.of(
            new Finding(
                leaf,
                Finding.Step.CHAIN,
                "sequence "
                    + progress.contiguous
                    + " of "
                    + agent
                    + " does not follow the statement before it"));
      }
    }
  }
}

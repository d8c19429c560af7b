package io.tracegram.gateway.log;

import io.tracegram.gateway.problem.Refusal;
import io.tracegram.gateway.problem.Refusal.Reason;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Knows for every agent and epoch which sequence has which leaf, so that each has exactly one.
 * Restored from a snapshot and the log at start; confined to the appender's thread.
 */
public final class SequenceRegistry {
  /** How far a sequence may lie beyond the last one before the first hole of its epoch. */
  static final long MAX_AHEAD = 1_000_000;

  /** How many sequences one gap may declare as lost. */
  static final long LONGEST_GAP = 1_000;

  /** How often an agent may lose its outbox. */
  static final int MAX_EPOCHS = 64;

  private final Map<String, Map<Long, EpochTrack>> agents = new HashMap<>();
  private final LongFunction<SignedStatement> logged;

  /**
   * How far an epoch's statements have come.
   *
   * @param contiguous last sequence before the first hole
   * @param highest highest sequence in the log
   * @param mirrored last sequence before the first that lies beyond the mirror's size
   */
  public record Progress(String agent, long epoch, long contiguous, long highest, long mirrored) {}

  /** What is to be done with a statement. */
  sealed interface Verdict {
    /** It takes the place of its sequence. */
    record Fresh() implements Verdict {}

    /** It is in the log already. */
    record Repeat() implements Verdict {}

    record Refused(Refusal refusal) implements Verdict {}
  }

  private static final Verdict FRESH = new Verdict.Fresh();
  private static final Verdict REPEAT = new Verdict.Repeat();

  /**
   * @param logged gives the statement of a leaf that was admitted, on disk or in the current group
   */
  SequenceRegistry(LongFunction<SignedStatement> logged) {
    this.logged = logged;
  }

  /** All of it: every agent's epochs. */
  record State(Map<String, List<EpochTrack.State>> agents) {}

  State state() {
    Map<String, List<EpochTrack.State>> states = new LinkedHashMap<>();
    agents.forEach(
        (agent, epochs) ->
            states.put(agent, epochs.values().stream().map(EpochTrack::state).toList()));
    return new State(states);
  }

  /** Goes on where a registry was when its state was taken; before the first statement. */
  void restore(State state) {
    state.agents.forEach(
        (agent, tracks) -> {
          Map<Long, EpochTrack> epochs = new HashMap<>();
          tracks.forEach(track -> epochs.put(track.epoch(), new EpochTrack(track)));
          agents.put(agent, epochs);
        });
  }

  /** Judges a statement; changes nothing. */
  Verdict judge(SignedStatement signed) {
    Statement statement = signed.statement();
    Map<Long, EpochTrack> epochs = agents.getOrDefault(statement.agent(), Map.of());
    EpochTrack track = epochs.get(statement.epoch());
    if (track == null && epochs.size() >= MAX_EPOCHS) {
      return refused(
          Reason.TOO_MANY_EPOCHS,
          "epoch " + statement.epoch() + " would be one more than " + MAX_EPOCHS);
    }
    long sequence = statement.sequence();
    long slot = track == null ? 0 : track.slot(sequence);
    if (slot > 0) {
      return used(signed, slot - 1);
    }
    if (slot < 0) {
      return refused(
          Reason.DECLARED_LOST,
          "sequence " + sequence + " was declared as lost by leaf " + (-slot - 1));
    }
    if (sequence - (track == null ? 0 : track.contiguous()) > MAX_AHEAD) {
      return refused(
          Reason.IMPLAUSIBLE_SEQUENCE,
          "sequence " + sequence + " is more than " + MAX_AHEAD + " beyond the first hole");
    }
    if (statement.body() instanceof Body.Gap gap && isBad(gap, track, sequence)) {
      return refused(
          Reason.BAD_GAP,
          "a gap of %d through %d declared by sequence %d"
              .formatted(gap.first(), gap.last(), sequence));
    }
    if (!isChained(track == null ? new EpochTrack(statement.epoch()) : track, signed)) {
      return refused(
          Reason.CHAIN_BROKEN,
          "sequence %d of epoch %d and its neighbour do not name each other"
              .formatted(sequence, statement.epoch()));
    }
    return FRESH;
  }

  private Verdict used(SignedStatement signed, long leaf) {
    if (logged.apply(leaf).payloadHash().equals(signed.payloadHash())) {
      return REPEAT;
    }
    Statement statement = signed.statement();
    return refused(
        Reason.FORK,
        "sequence "
            + statement.sequence()
            + " of epoch "
            + statement.epoch()
            + " is leaf "
            + leaf
            + ", with another payload");
  }

  /** Takes a fresh statement as the leaf it will be, or was found to be at start. */
  void admit(SignedStatement signed, long leaf) {
    Statement statement = signed.statement();
    EpochTrack track =
        agents
            .computeIfAbsent(statement.agent(), agent -> new HashMap<>())
            .computeIfAbsent(statement.epoch(), EpochTrack::new);
    track.put(statement.sequence(), leaf, signed.chainHash());
    if (statement.body() instanceof Body.Gap gap) {
      track.cover(gap.first(), gap.last(), leaf);
    }
  }

  /** A gap lies before its statement, is short, and if it is longer than one covers no leaf. */
  private static boolean isBad(Body.Gap gap, @Nullable EpochTrack track, long sequence) {
    if (gap.last() >= sequence || gap.last() - gap.first() >= LONGEST_GAP) {
      return true;
    }
    for (long lost = gap.first(); gap.first() < gap.last() && lost <= gap.last(); lost++) {
      if (track != null && track.slot(lost) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Says whether a statement and those neighbours of it that are in the log name each other. */
  private boolean isChained(EpochTrack track, SignedStatement signed) {
    Statement statement = signed.statement();
    if (!followsItsPredecessor(track, statement)
        || !isFollowedAs(track, statement.sequence() + 1, signed.chainHash())) {
      return false;
    }
    if (statement.body() instanceof Body.Gap gap && track.slot(gap.last()) <= 0) {
      return statement.sequence() == gap.last() + 1
          ? statement.previous().equals(gap.lastHash())
          : isFollowedAs(track, gap.last() + 1, gap.lastHash());
    }
    return true;
  }

  private boolean isFollowedAs(EpochTrack track, long sequence, Hash hash) {
    long slot = track.slot(sequence);
    return slot <= 0 || logged.apply(slot - 1).statement().previous().equals(hash);
  }

  private boolean followsItsPredecessor(EpochTrack track, Statement statement) {
    long before = statement.sequence() - 1;
    if (before == 0) {
      return statement.previous().equals(Hash.ZERO);
    }
    if (before == track.highest()) {
      return statement.previous().equals(track.head());
    }
    long slot = track.slot(before);
    if (slot > 0) {
      return statement.previous().equals(logged.apply(slot - 1).chainHash());
    }
    return slot == 0
        || !(logged.apply(-slot - 1).statement().body() instanceof Body.Gap gap)
        || gap.last() != before
        || statement.previous().equals(gap.lastHash());
  }

  /** Lists how far every epoch has come, with {@code mirroredSize} leaves at the mirror. */
  public List<Progress> progress(long mirroredSize) {
    List<Progress> all = new ArrayList<>();
    agents.forEach(
        (agent, epochs) ->
            epochs
                .values()
                .forEach(
                    track ->
                        all.add(
                            new Progress(
                                agent,
                                track.epoch(),
                                track.contiguous(),
                                track.highest(),
                                track.throughWithin(mirroredSize)))));
    return all;
  }

  private static Verdict refused(Reason reason, String detail) {
    return new Verdict.Refused(new Refusal(reason, detail));
  }
}

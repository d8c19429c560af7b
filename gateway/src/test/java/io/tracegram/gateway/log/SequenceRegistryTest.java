package io.tracegram.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.gateway.problem.Refusal.Reason;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceRegistryTest {
  private static final PrivateKey KEY =
      PrivateKey.of(Algorithm.ES256, Hash.sha256(new byte[] {1}).bytes());

  private final List<SignedStatement> log = new ArrayList<>();
  private final SequenceRegistry registry = new SequenceRegistry(index -> log.get((int) index));

  @Test
  void acceptsAnyOrderOfOneChainAndEndsWithoutAHole() {
    for (int seed = 1; seed <= 10; seed++) {
      List<SignedStatement> statements = statements(seed, 40);
      Collections.shuffle(statements, new Random(seed));

      statements.forEach(this::admit);

      int epoch = seed;
      assertThat(registry.progress(log.size()))
          .filteredOn(progress -> progress.epoch() == epoch)
          .containsExactly(new SequenceRegistry.Progress("agent", epoch, 40, 40, 40));
    }
  }

  @Test
  void refusesAMissingLinkWhicheverSideComesLast() {
    List<SignedStatement> one = statements(1, 3);
    SignedStatement forged =
        chain(1, 1, Hash.ZERO).sign(new Body.Heartbeat(), 5, 5, ClockStatus.RELATIVE);

    admit(one.get(2));
    assertThat(reason(forged)).as("before its successor").isEqualTo(Reason.CHAIN_BROKEN);
    admit(one.get(0));
    assertThat(reason(forged)).as("after its predecessor").isEqualTo(Reason.CHAIN_BROKEN);
    admit(one.get(1));
  }

  @Test
  void refusesAGapOverALeafAndOneThatIsTooLong() {
    List<SignedStatement> statements = statements(1, 3);
    admit(statements.get(2));

    assertThat(reason(gap(2, 3, 4))).isEqualTo(Reason.BAD_GAP);
    assertThat(reason(gap(4, 1_004, 1_005))).isEqualTo(Reason.BAD_GAP);
  }

  private static SignedStatement gap(long first, long last, long sequence) {
    return chain(1, sequence - 1, Hash.ZERO)
        .sign(new Body.Gap(first, last, Hash.ZERO), 0, 0, ClockStatus.RELATIVE);
  }

  @Test
  void countsAsMirroredOnlyWhatLiesWithinTheMirror() {
    List<SignedStatement> statements = statements(1, 4);
    admit(statements.get(1)); // leaf 0
    admit(statements.get(0)); // leaf 1
    admit(statements.get(2)); // leaf 2

    assertThat(mirrored(1)).isZero();
    assertThat(mirrored(2)).isEqualTo(2);
    assertThat(mirrored(3)).isEqualTo(3);
  }

  @Test
  void refusesAnEpochTooMany() {
    for (int epoch = 1; epoch <= SequenceRegistry.MAX_EPOCHS; epoch++) {
      admit(statements(epoch, 1).getFirst());
    }

    assertThat(reason(statements(1_000, 1).getFirst())).isEqualTo(Reason.TOO_MANY_EPOCHS);
  }

  @Test
  void refusesSequencesThatCannotBeWhereverTheyLie() {
    admit(statements(1, 1).getFirst());

    for (long sequence : new long[] {1_000_002, 1L << 40, Long.MAX_VALUE}) {
      SignedStatement far =
          chain(1, sequence - 1, Hash.ZERO).sign(new Body.Heartbeat(), 0, 0, ClockStatus.RELATIVE);
      assertThat(reason(far)).as("%d", sequence).isEqualTo(Reason.IMPLAUSIBLE_SEQUENCE);
    }
  }

  private void admit(SignedStatement statement) {
    assertThat(registry.judge(statement)).isInstanceOf(SequenceRegistry.Verdict.Fresh.class);
    log.add(statement);
    registry.admit(statement, log.size() - 1L);
  }

  private long mirrored(long size) {
    return registry.progress(size).getFirst().mirrored();
  }

  private Reason reason(SignedStatement statement) {
    return switch (registry.judge(statement)) {
      case SequenceRegistry.Verdict.Refused(var refusal) -> refusal.reason();
      case SequenceRegistry.Verdict.Fresh(), SequenceRegistry.Verdict.Repeat() ->
          throw new AssertionError("not refused");
    };
  }

  private static List<SignedStatement> statements(long epoch, int count) {
    StatementChain chain = chain(epoch, 0, Hash.ZERO);
    List<SignedStatement> statements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      statements.add(chain.sign(new Body.Heartbeat(), i, i, ClockStatus.RELATIVE));
    }
    return statements;
  }

  private static StatementChain chain(long epoch, long last, Hash previous) {
    return new StatementChain("plant", "agent", KEY, 1, epoch, last, previous);
  }
}

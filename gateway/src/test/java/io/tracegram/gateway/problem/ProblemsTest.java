package io.tracegram.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  private final Problems problems =
      new Problems(Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC));

  @Test
  void countsAFloodOfOneProblemAsOneEntry() {
    for (int i = 0; i < 5_000; i++) {
      raise("agent");
    }

    assertThat(problems.list())
        .singleElement()
        .satisfies(problem -> assertThat(problem.count()).isEqualTo(5_000));
  }

  @Test
  void staysBoundedAndCountsWhatItCannotList() {
    for (int i = 0; i < 3_000; i++) {
      raise("agent-" + i);
    }

    assertThat(problems.list()).hasSize(Problems.CAPACITY);
    assertThat(problems.find("problems.overflow", "gateway"))
        .hasValueSatisfying(problem -> assertThat(problem.count()).isEqualTo(2_001));
  }

  @Test
  void makesRoomByDroppingWhatIsOver() {
    for (int i = 0; i < Problems.CAPACITY - 1; i++) {
      raise("agent-" + i);
    }
    problems.clear("test.code", "agent-5");
    raise("newcomer");

    assertThat(problems.find("test.code", "agent-5")).isEmpty();
    assertThat(problems.find("test.code", "newcomer")).isPresent();
    assertThat(problems.find("problems.overflow", "gateway")).isEmpty();
  }

  private void raise(String subject) {
    problems.raise("test.code", subject, Severity.NOTICE, "reason", "effect", "action");
  }
}

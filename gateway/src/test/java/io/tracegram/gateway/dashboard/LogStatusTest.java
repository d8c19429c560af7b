package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.gateway.dashboard.LogStatus.Evidence;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The evidence state of a leaf: never above what is proven, each step with those before it. */
class LogStatusTest {
  @Test
  void aLeafIsAsFarAsItsLastUnbrokenStep() {
    LogStatus log = log(OptionalLong.of(60), OptionalLong.of(40), OptionalLong.of(20));
    assertThat(log.of(100)).isEmpty();
    assertThat(log.of(99)).contains(Evidence.SIGNED);
    assertThat(log.of(79)).contains(Evidence.LOGGED);
    assertThat(log.of(59)).contains(Evidence.MIRRORED);
    assertThat(log.of(39)).contains(Evidence.WITNESSED);
    assertThat(log.of(19)).contains(Evidence.TIMESTAMPED);
  }

  @Test
  void aConfiguredStepThatIsNotReachedHoldsBackThoseAfterIt() {
    LogStatus log = log(OptionalLong.of(10), OptionalLong.of(70), OptionalLong.of(70));
    assertThat(log.of(9)).contains(Evidence.TIMESTAMPED);
    assertThat(log.of(10))
        .as("witnessed, but the mirror does not hold it")
        .contains(Evidence.LOGGED);
  }

  @Test
  void stepsThatAreNotConfiguredAreLeftOut() {
    LogStatus log = log(OptionalLong.empty(), OptionalLong.of(40), OptionalLong.empty());
    assertThat(log.of(39)).contains(Evidence.WITNESSED);
    assertThat(log.of(40)).contains(Evidence.LOGGED);
  }

  private static LogStatus log(
      OptionalLong mirrored, OptionalLong witnessed, OptionalLong timestamped) {
    return new LogStatus(100, "", 80, "", mirrored, witnessed, timestamped, "w1.example");
  }
}

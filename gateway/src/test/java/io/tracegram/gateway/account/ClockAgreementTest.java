package io.tracegram.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ClockAgreementTest {
  private static final long NOON = 1_790_000_000_000L;

  private long wall = NOON;
  private long mono = 5_000;
  private final ClockAgreement agreement = new ClockAgreement(wallClock(), () -> mono * 1_000_000);

  private Clock wallClock() {
    InstantSource source = () -> Instant.ofEpochMilli(wall);
    return source.withZone(ZoneOffset.UTC);
  }

  @Test
  void doesNotHoldBeforeAnybodyElseWasHeard() {
    assertThat(agreement.holds()).isFalse();

    agreement.heard(NOON - 3_000);

    assertThat(agreement.holds()).isTrue();
  }

  @Test
  void aBacklogNeitherConfirmsNorContradicts() {
    agreement.heard(NOON - 86_400_000);
    assertThat(agreement.holds()).isFalse();

    agreement.heard(NOON);
    agreement.heard(NOON - 86_400_000);
    assertThat(agreement.holds()).isTrue();
  }

  @Test
  void endsWhenTheClockJumpsInEitherDirectionUntilOthersAgreeAgain() {
    for (long jump : new long[] {3_600_000, -3_600_000}) {
      agreement.heard(wall);
      passes(60_000);
      assertThat(agreement.holds()).isTrue();

      wall += jump;
      assertThat(agreement.holds()).as("jump of %d", jump).isFalse();
      agreement.heard(wall - jump);
      assertThat(agreement.holds()).as("others stayed where they were").isFalse();

      agreement.heard(wall + 1_000);
      assertThat(agreement.holds()).isTrue();
    }
  }

  @Test
  void endsWhenSomebodyIsAhead() {
    agreement.heard(NOON);
    agreement.heard(NOON + 121_000);

    assertThat(agreement.holds()).isFalse();
  }

  @Test
  void isContradictedByATimeAheadUntilSomebodyAgrees() {
    assertThat(agreement.isContradicted()).as("nobody was heard").isFalse();
    agreement.heard(NOON + 121_000);
    agreement.heard(NOON - 86_400_000);
    assertThat(agreement.isContradicted()).isTrue();

    agreement.heard(NOON + 1_000);

    assertThat(agreement.isContradicted()).isFalse();
  }

  private void passes(long millis) {
    wall += millis;
    mono += millis;
  }
}

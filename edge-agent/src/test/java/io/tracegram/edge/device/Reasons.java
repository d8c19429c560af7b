package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;

/** What every reason given to a person must be, whatever the device sent. */
public final class Reasons {
  private Reasons() {}

  public static void isOne(String reason) {
    assertThat(reason).isNotBlank().hasSizeLessThan(1_000);
    assertThat(reason.chars().filter(Character::isISOControl).count())
        .as("control characters in: %s", reason)
        .isZero();
  }

  static void isOneOf(Observation observation) {
    switch (observation) {
      case Observation.Refused refused -> isOne(refused.reason());
      case Observation.Bad bad -> isOne(bad.reason());
      case Observation _ -> {
        // nothing refused
      }
    }
  }
}

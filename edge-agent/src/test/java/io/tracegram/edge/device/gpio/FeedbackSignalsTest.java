package io.tracegram.edge.device.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.ledger.evidence.statement.Feedback;
import io.tracegram.ledger.evidence.statement.Feedback.Verdict;
import io.tracegram.runtime.config.FeedbackPins;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedbackSignalsTest {
  private static final FeedbackPins WANTED =
      new FeedbackPins(Optional.of(5), Optional.of(6), Optional.of(13));

  private final Pins pins = Pins.simulated();

  @AfterEach
  void close() {
    pins.close();
  }

  private static Feedback feedback(Verdict verdict) {
    return new Feedback("dock-in", 1, 1, verdict, "text", "");
  }

  @ParameterizedTest
  @CsvSource({
    "ACCEPTED, true, false, false",
    "NOTED, true, false, false",
    "REFUSED, false, true, true"
  })
  void lightsTheLampThatFits(Verdict verdict, boolean ok, boolean refused, boolean buzzer) {
    FeedbackSignals signals = new FeedbackSignals("dock-in", WANTED, pins, Duration.ofMinutes(1));

    signals.show(feedback(verdict));

    assertThat(pins.isOn(5)).isEqualTo(ok);
    assertThat(pins.isOn(6)).isEqualTo(refused);
    assertThat(pins.isOn(13)).isEqualTo(buzzer);
  }

  @Test
  void theNextVerdictTakesThePlaceOfTheLast() {
    FeedbackSignals signals = new FeedbackSignals("dock-in", WANTED, pins, Duration.ofMinutes(1));
    signals.show(feedback(Verdict.REFUSED));

    signals.show(feedback(Verdict.ACCEPTED));

    assertThat(pins.isOn(5)).isTrue();
    assertThat(pins.isOn(6)).isFalse();
    assertThat(pins.isOn(13)).isFalse();
  }

  @Test
  void goesOutByItself() {
    FeedbackSignals signals = new FeedbackSignals("dock-in", WANTED, pins, Duration.ofMillis(20));

    signals.show(feedback(Verdict.REFUSED));

    await().until(() -> !pins.isOn(6) && !pins.isOn(13));
  }

  @Test
  void aPinThatCannotBeUsedDisturbsNobody() {
    FeedbackSignals first = new FeedbackSignals("dock-in", WANTED, pins, Duration.ofMinutes(1));
    FeedbackSignals second = new FeedbackSignals("dock-out", WANTED, pins, Duration.ofMinutes(1));

    second.show(feedback(Verdict.REFUSED));
    assertThat(pins.isOn(6)).as("it has no lamp: the pins are the first's").isFalse();
    first.show(feedback(Verdict.REFUSED));
    assertThat(pins.isOn(6)).isTrue();
  }
}

package io.tracegram.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pins of the agent's machine that show what became of a scan. Immutable.
 *
 * @param lampOk GPIO number, range [0, 63], as are the others
 */
public record FeedbackPins(
    Optional<Integer> lampOk, Optional<Integer> lampRefused, Optional<Integer> buzzer) {
  public static final FeedbackPins NONE =
      new FeedbackPins(Optional.empty(), Optional.empty(), Optional.empty());
  private static final int LAST_PIN = 63;

  /** Returns the pins, in the order of the keys. */
  public List<Integer> all() {
    List<Integer> all = new ArrayList<>();
    lampOk.ifPresent(all::add);
    lampRefused.ifPresent(all::add);
    buzzer.ifPresent(all::add);
    return all;
  }

  static FeedbackPins read(YamlMap yaml) {
    FeedbackPins pins =
        new FeedbackPins(pin(yaml, "lampOk"), pin(yaml, "lampRefused"), pin(yaml, "buzzer"));
    yaml.close();
    return pins;
  }

  private static Optional<Integer> pin(YamlMap yaml, String key) {
    return yaml.optionalValue(key, text -> (int) Scalars.integer(text, 0, LAST_PIN));
  }
}

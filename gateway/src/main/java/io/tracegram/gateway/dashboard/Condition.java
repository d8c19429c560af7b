package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.MeterState;
import java.util.OptionalLong;

/** The state of something, told by a shape and a word, never by colour alone. */
public enum Condition {
  GOOD("good", "M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0-8Z"),
  LATE("late", "M5 .8 9.6 9H.4Z"),
  BAD("no value", "M1.2 1.2h7.6v7.6H1.2Z"),
  /** Not there yet, and nobody needs to act. */
  PENDING("on its way", "M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0-8Zm0 1.4a2.6 2.6 0 1 1 0 5.2Z"),
  NONE(
      "no reading yet",
      "M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0-8Zm0 1.4a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 1 1 0-5.2Z");

  /** Readings older than this hold back the closing of intervals; ms of plant time. */
  private static final long LATE_MILLIS = 5 * 60_000L;

  private final String word;
  private final String path;

  Condition(String word, String path) {
    this.word = word;
    this.path = path;
  }

  /** Tells a meter's state. */
  static Condition of(MeterState meter, OptionalLong plantMillis) {
    if (!meter.bad().isEmpty()) {
      return BAD;
    }
    if (meter.lastMeasuredMillis().isEmpty()) {
      return NONE;
    }
    long age = plantMillis.orElse(0) - meter.lastMeasuredMillis().getAsLong();
    return age > LATE_MILLIS ? LATE : GOOD;
  }

  public String word() {
    return word;
  }

  /** SVG path in a 10 by 10 box. */
  public String path() {
    return path;
  }
}

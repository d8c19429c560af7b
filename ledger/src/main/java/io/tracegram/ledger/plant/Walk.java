package io.tracegram.ledger.plant;

/**
 * The least time in which goods get to a workstation from any other.
 *
 * @param seconds 1 to {@link #MOST_SECONDS}
 */
public record Walk(String workstation, int seconds) {
  /** What a plant that says nothing takes for possible. */
  public static final int DEFAULT_SECONDS = 10;

  public static final int MOST_SECONDS = 86_400;

  public Walk {
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException("a walk takes 1 s to a day, not " + seconds + " s");
    }
  }
}

package io.tracegram.ledger.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.lot.Presence;
import io.tracegram.ledger.quantity.Mass;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresencesTest {
  private static final Presence ENDED = presence("ended", 0, 20);
  private static final Presence RUNNING = presence("running", 15, Long.MAX_VALUE);

  private final Presences presences = new Presences(new LinkedHashMap<>());

  @Test
  void findsThoseThatWereThereAndNotThoseThatEndedAsItBegan() {
    presences.told(List.of(ENDED, RUNNING), 0);

    assertThat(presences.in(0, 10)).containsExactly(ENDED);
    assertThat(presences.in(10, 20)).containsExactlyInAnyOrder(ENDED, RUNNING);
    assertThat(presences.in(20, 30)).containsExactly(RUNNING);
    assertThat(new Presences(presences.state()).in(20, 30)).containsExactly(RUNNING);
  }

  @Test
  void whatRanIsEndedOrUndoneByWhatIsToldNext() {
    presences.told(List.of(RUNNING, presence("undone", 5, Long.MAX_VALUE)), 0);

    presences.told(List.of(presence("running", 15, 30)), 10);

    assertThat(presences.in(25, 40)).containsExactly(presence("running", 15, 30));
    assertThat(presences.in(30, 40)).isEmpty();
    assertThat(presences.state()).containsOnlyKeys("running");
  }

  @Test
  void whatEndedAndWasUndoneAfterwardsWasNotThere() {
    presences.told(List.of(ENDED, presence("undone", 0, 25)), 0);

    presences.told(List.of(RUNNING), 20);

    assertThat(presences.in(0, 40)).containsExactlyInAnyOrder(ENDED, RUNNING);
  }

  @Test
  void forgetsThoseThatEndedBefore() {
    presences.told(List.of(ENDED, RUNNING), 0);

    presences.forgetBefore(20);
    assertThat(presences.state()).containsOnlyKeys("ended", "running");
    presences.forgetBefore(21);

    assertThat(presences.in(0, 40)).containsExactly(RUNNING);
    assertThat(presences.cuts()).containsExactly(15, Long.MAX_VALUE);
  }

  private static Presence presence(String order, long start, long end) {
    return new Presence(order, "press", start, end, Mass.ZERO, 1);
  }
}

package io.tracegram.edge.device.llrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.edge.device.llrp.Visits.Visit;
import io.tracegram.ledger.evidence.statement.Content;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class VisitsTest {
  private static final long MINUTE = 60_000;

  private final Visits visits = new Visits(Duration.ofMinutes(5), 3);

  @Test
  void aTagThatStaysIsThereOnceHoweverLong() {
    assertThat(visits.seen(epc(1), 0)).isEqualTo(Visit.BEGINS);
    for (int minute = 1; minute < 600; minute += 4) {
      assertThat(visits.seen(epc(1), minute * MINUTE)).isEqualTo(Visit.GOES_ON);
    }
  }

  @Test
  void aTagThatWasAwayForTheWholeWindowComesAnew() {
    visits.seen(epc(1), 0);
    assertThat(visits.seen(epc(1), 5 * MINUTE - 1)).isEqualTo(Visit.GOES_ON);
    assertThat(visits.seen(epc(1), 10 * MINUTE - 1)).isEqualTo(Visit.BEGINS);
  }

  @Test
  void noMoreTagsAreRememberedThanThereMayBe() {
    for (int tag = 0; tag < 3; tag++) {
      assertThat(visits.seen(epc(tag), tag * MINUTE)).isEqualTo(Visit.BEGINS);
    }
    assertThat(visits.seen(epc(9), 3 * MINUTE)).isEqualTo(Visit.NO_ROOM);
    assertThat(visits.seen(epc(2), 4 * MINUTE)).isEqualTo(Visit.GOES_ON);
    assertThat(visits.seen(epc(9), 5 * MINUTE)).as("the first has gone").isEqualTo(Visit.BEGINS);
    assertThat(visits.size()).isEqualTo(3);
  }

  @Test
  void aVisitThatCouldNotBeToldBeginsAgain() {
    visits.seen(epc(1), 0);
    visits.forget(epc(1));
    assertThat(visits.seen(epc(1), 1)).isEqualTo(Visit.BEGINS);
  }

  /** The same as a table of all tags and of when each was read last. */
  @Property
  void rememberingFewIsAsGoodAsRememberingAll(
      @ForAll @Size(max = 200) List<@IntRange(max = 4) Integer> tags,
      @ForAll @Size(200) List<@IntRange(max = 400_000) Integer> pauses) {
    Visits few = new Visits(Duration.ofMinutes(5), 5);
    Map<Integer, Long> last = new HashMap<>();
    long now = 0;
    for (int i = 0; i < tags.size(); i++) {
      now += pauses.get(i) / 3;
      Long before = last.put(tags.get(i), now);
      assertThat(few.seen(epc(tags.get(i)), now))
          .isEqualTo(before != null && now - before < 5 * MINUTE ? Visit.GOES_ON : Visit.BEGINS);
    }
  }

  private static Content epc(int number) {
    return Content.of(ByteBuffer.allocate(12).putInt(8, number).array());
  }
}

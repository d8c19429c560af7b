package io.tracegram.cloud.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.cloud.inventory.CrossFacility.Deed;
import io.tracegram.cloud.inventory.CrossFacility.Seen;
import io.tracegram.ledger.plant.FacilityLocation;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.config.GreatCircle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What two facilities say of one lot, together. */
class CrossFacilityTest {
  private static final String LOT = "01/09520000000028/10/P";
  private static final long HOUR = 3_600_000;

  /** Kokkola and Skellefteå are some 200 km apart, Salzgitter 1,400 from Kokkola. */
  private static final Map<String, FacilityLocation> PLACES =
      Map.of(
          "kokkola", new FacilityLocation(638_380_000, 231_300_000),
          "skelleftea", new FacilityLocation(647_510_000, 209_510_000),
          "salzgitter", new FacilityLocation(521_540_000, 103_330_000));

  @Test
  void distancesAreThoseOfTheMap() {
    assertThat(
            GreatCircle.metres(
                new FacilityLocation(0, 0), new FacilityLocation(0, 90 * FacilityLocation.DEGREE)))
        .as("a quarter of the equator")
        .isEqualTo(10_007_557);
    assertThat(GreatCircle.metres(place("kokkola"), place("kokkola"))).isZero();
    assertThat(GreatCircle.metres(place("kokkola"), place("skelleftea")))
        .isBetween(140_000L, 160_000L);
  }

  @Test
  void goodsThatTravelAsGoodsDoAreNoException() {
    assertThat(
            codes(
                seen("kokkola", Deed.PRODUCED, 0, 100),
                seen("kokkola", Deed.SHIPPED, HOUR, 100),
                seen("skelleftea", Deed.RECEIVED, 4 * HOUR, 100),
                seen("skelleftea", Deed.SHIPPED, 5 * HOUR, 100),
                seen("salzgitter", Deed.RECEIVED, 40 * HOUR, 100)))
        .isEmpty();
  }

  @Test
  void twelveHundredKilometresInAnHourAreImpossible() {
    StoredException found =
        all(
                seen("kokkola", Deed.PRODUCED, 0, 100),
                seen("kokkola", Deed.SHIPPED, HOUR, 100),
                seen("salzgitter", Deed.RECEIVED, 2 * HOUR, 100))
            .getFirst();
    assertThat(found.code()).isEqualTo("custody.impossible-travel");
    assertThat(found.facility()).isEqualTo("salzgitter");
    assertThat(found.reason()).matches("1[0-9]{3} km from kokkola in 60 minutes: .*120 km/h.*");
    assertThat(found.evidence().facility()).isEqualTo("salzgitter");
    assertThat(found.other().orElseThrow().facility()).isEqualTo("kokkola");
    assertThat(
            CrossFacility.of(
                LOT,
                List.of(
                    seen("kokkola", Deed.SHIPPED, HOUR, 100),
                    seen("salzgitter", Deed.RECEIVED, 2 * HOUR, 100)),
                Map.of()))
        .as("nobody says where they stand")
        .isEmpty();
  }

  @Test
  void whatIsReceivedBeforeItIsShippedIsFoundUnlessClocksExplainIt() {
    assertThat(
            codes(
                seen("kokkola", Deed.PRODUCED, 0, 100),
                seen("skelleftea", Deed.RECEIVED, 4 * HOUR, 100),
                seen("kokkola", Deed.SHIPPED, 5 * HOUR, 100)))
        .containsExactly("custody.received-before-shipped");
    assertThat(
            CrossFacility.of(
                LOT,
                List.of(
                    seen("kokkola", Deed.PRODUCED, 0, 100),
                    seen("next-door", Deed.RECEIVED, 4 * HOUR, 100),
                    seen("kokkola", Deed.SHIPPED, 4 * HOUR + 50_000, 100)),
                PLACES))
        .isEmpty();
  }

  @Test
  void aLotThatTwoFacilitiesHoldOrMakeIsFound() {
    assertThat(
            codes(
                seen("kokkola", Deed.RECEIVED, 0, 100), seen("salzgitter", Deed.RECEIVED, 1, 100)))
        .containsExactly("custody.in-two-facilities");
    assertThat(
            codes(
                seen("kokkola", Deed.PRODUCED, 0, 100), seen("salzgitter", Deed.PRODUCED, 1, 100)))
        .containsExactlyInAnyOrder("custody.made-twice", "custody.in-two-facilities");
  }

  @Test
  void reworkOfALotWhereItWasReceivedIsNoSecondMaking() {
    assertThat(
            codes(
                seen("kokkola", Deed.PRODUCED, 0, 100),
                seen("kokkola", Deed.SHIPPED, HOUR, 100),
                seen("skelleftea", Deed.RECEIVED, 9 * HOUR, 100),
                seen("skelleftea", Deed.PRODUCED, 10 * HOUR, 99)))
        .isEmpty();
  }

  @Test
  void moreReceivedThanShippedIsFoundBeyondHalfAPercent() {
    assertThat(received(1_005)).isEmpty();
    assertThat(received(1_006)).containsExactly("custody.more-received-than-shipped");
  }

  private static List<String> received(long kilograms) {
    return codes(
        seen("kokkola", Deed.PRODUCED, 0, 1_000),
        seen("kokkola", Deed.SHIPPED, HOUR, 1_000),
        seen("skelleftea", Deed.RECEIVED, 9 * HOUR, kilograms));
  }

  @Test
  void anyEventsInAnyOrderGiveTheSame() {
    Random random = new Random(7);
    List<String> facilities = List.of("kokkola", "skelleftea", "salzgitter", "nowhere");
    for (int round = 0; round < 2_000; round++) {
      List<Seen> events = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        events.add(
            new Seen(
                facilities.get(random.nextInt(4)),
                events.size(),
                Deed.values()[random.nextInt(3)],
                random.nextLong(12) * 30_000 * (random.nextBoolean() ? 1 : 240),
                new Mass(random.nextLong(100))));
      }
      List<StoredException> found = CrossFacility.of(LOT, events, PLACES);
      Collections.shuffle(events, random);
      assertThat(CrossFacility.of(LOT, events, PLACES)).isEqualTo(found);
      assertThat(found).allMatch(each -> !each.effect().isEmpty() && each.count() > 0);
    }
  }

  private static FacilityLocation place(String facility) {
    return Objects.requireNonNull(PLACES.get(facility));
  }

  private static Seen seen(String facility, Deed deed, long millis, long kilograms) {
    return new Seen(facility, 7, deed, millis, new Mass(kilograms * 1_000_000));
  }

  private static List<StoredException> all(Seen... events) {
    return CrossFacility.of(LOT, List.of(events), PLACES);
  }

  private static List<String> codes(Seen... events) {
    return all(events).stream().map(StoredException::code).toList();
  }
}

package io.tracegram.ledger.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.account.Segments.Segment;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.lot.Presence;
import io.tracegram.ledger.plant.Sharing;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Claims about any lots that enter and leave at any time. */
class SegmentsPropertyTest {
  private static final long QUARTER = IntervalAccount.LENGTH_MILLIS;

  @Property(tries = 500)
  void thePartsAreTheAmountWhateverEntersAndLeaves(
      @ForAll long seed, @ForAll Sharing.Weight weight) {
    Random random = new Random(seed);
    List<Presence> presences = presences(random);
    List<Segment> segments = segments(presences, random);
    long amount = random.nextLong(1L << random.nextInt(1, 50));

    Segments shared = new Segments(weight, presences, segments);
    Map<Cell, Long> parts = shared.of(amount);

    assertThat(parts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(amount);
    assertThat(parts.values()).allMatch(part -> part >= 0);
    assertThat(shared.lacksWeight()).isFalse();
    parts.forEach(
        (cell, part) ->
            assertThat(cell.kind() == Cell.Kind.DIRECT && !isThere(presences, cell.order()))
                .as("%s took no time in the quarter", cell)
                .isFalse());
  }

  @Property(tries = 300)
  void theOrderOfScansMakesNoDifference(@ForAll long seed, @ForAll Sharing.Weight weight) {
    Random random = new Random(seed);
    List<Presence> presences = presences(random);
    List<Segment> segments = segments(presences, random);
    long amount = random.nextLong(1_000_000_000_000L);
    List<Presence> shuffled = new ArrayList<>(presences);
    Collections.shuffle(shuffled, random);

    assertThat(new Segments(weight, shuffled, segments).of(amount))
        .isEqualTo(new Segments(weight, presences, segments).of(amount));
  }

  @Property(tries = 300)
  void whatHasNoMassTakesNobodysEnergy(@ForAll long seed) {
    Random random = new Random(seed);
    List<Presence> presences = new ArrayList<>(presences(random));
    presences.add(new Presence("oven@0", "oven", 0, Long.MAX_VALUE, Mass.ZERO, 0));
    long amount = 1 + random.nextLong(1_000_000_000_000L);

    Segments shared = new Segments(Sharing.Weight.MASS, presences, segments(presences, random));

    assertThat(shared.of(amount)).containsOnly(Map.entry(Cell.UNATTRIBUTED, amount));
    assertThat(shared.lacksWeight()).isTrue();
  }

  private static boolean isThere(List<Presence> presences, String order) {
    return presences.stream()
        .anyMatch(
            presence ->
                presence.order().equals(order)
                    && presence.startMillis() < QUARTER
                    && presence.endMillis() > Math.max(0, presence.startMillis()));
  }

  private static List<Presence> presences(Random random) {
    List<Presence> presences = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      long from = random.nextLong(-QUARTER, QUARTER);
      long to = random.nextInt(3) == 0 ? Long.MAX_VALUE : from + random.nextLong(QUARTER);
      Mass mass = new Mass(1 + random.nextLong(1L << random.nextInt(1, 44)));
      presences.add(
          new Presence("oven@" + i, "oven", from, to, mass.plus(new Mass(1_000)), 1 + i % 3));
    }
    return presences;
  }

  private static List<Segment> segments(List<Presence> presences, Random random) {
    TreeSet<Long> cuts = new TreeSet<>(List.of(0L, QUARTER));
    for (Presence presence : presences) {
      cuts.add(Math.clamp(presence.startMillis(), 0, QUARTER));
      cuts.add(Math.clamp(presence.endMillis(), 0, QUARTER));
    }
    List<Segment> segments = new ArrayList<>();
    long from = cuts.removeFirst();
    for (long to : cuts) {
      segments.add(new Segment(from, to, 1 + random.nextLong(100_000_000)));
      from = to;
    }
    return segments;
  }
}

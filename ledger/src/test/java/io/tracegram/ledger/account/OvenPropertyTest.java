package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.Sharing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Claims about any lots that go in and out of an oven, once or several times. */
class OvenPropertyTest {
  private static final int LOTS = 5;
  private static final int QUARTERS = 3;

  /** A lot goes in, or comes out. */
  private record Pass(String lot, boolean in, long millis) {}

  @Property(shrinking = ShrinkingMode.OFF, tries = 60)
  void everyMicrogramIsInALotOrIdleOnEveryBasis(@ForAll long seed, @ForAll Sharing.Weight weight) {
    Random random = new Random(seed);
    PlantFixture plant = lived(weight, passes(random), random);

    Map<String, Long> byOrder = new HashMap<>();
    for (FacilityInterval quarter : plant.ledger.facilityIntervals(0, Long.MAX_VALUE)) {
      long amount = quarter.entries().stream().mapToLong(Entry::amount).sum();
      assertThat(amount).isEqualTo(quarter.supplied().milliwattHours());
      assertThat(quarter.bases()).hasSize(3);
      for (Basis basis : quarter.bases()) {
        assertThat(Arrays.stream(quarter.parts(basis)).sum())
            .isEqualTo(quarter.co2e(basis).orElseThrow().micrograms());
      }
      long[] parts = quarter.parts(Basis.LB_ANNUAL);
      for (int i = 0; i < parts.length; i++) {
        Cell cell = quarter.entries().get(i).cell();
        assertThat(cell.kind()).isIn(Cell.Kind.DIRECT, Cell.Kind.IDLE, Cell.Kind.OVERHEAD);
        byOrder.merge(cell.order(), parts[i], Long::sum);
      }
    }
    for (int i = 0; i < LOTS; i++) {
      LotId lot = LotId.ofLot(HYDROXIDE, "L" + i);
      Optional<LotAccount> account = plant.ledger.lot(lot).orElseThrow().account();
      long orders =
          plant.ledger.family(lot).ancestors().stream()
              .mapToLong(step -> byOrder.getOrDefault(step.order(), 0L))
              .sum();
      if (account.isPresent() && plant.ledger.lot(lot).orElseThrow().remaining().milligrams() > 0) {
        assertThat(account.get().detail().orElseThrow().carried().scope2Annual())
            .as("all that its orders took, however often it was in the oven")
            .isEqualTo(orders);
      }
    }
  }

  @Property(shrinking = ShrinkingMode.OFF, tries = 40)
  void theOrderInWhichScansAreToldMakesNoDifference(
      @ForAll long seed, @ForAll Sharing.Weight weight) {
    Random random = new Random(seed);
    List<Pass> passes = once(random);
    List<Pass> shuffled = new ArrayList<>(passes);
    Collections.shuffle(shuffled, random);
    PlantFixture straight = lived(weight, passes, new Random(seed));
    PlantFixture crooked = lived(weight, shuffled, new Random(seed));

    for (int i = 0; i < LOTS; i++) {
      LotId lot = LotId.ofLot(HYDROXIDE, "L" + i);
      LotState one = straight.ledger.lot(lot).orElseThrow();
      LotState other = crooked.ledger.lot(lot).orElseThrow();
      assertThat(other.remaining()).isEqualTo(one.remaining());
      // leaves have other numbers, so that ties may be broken by other order ids
      assertThat(other.account().map(LotAccount::total).map(t -> t.micrograms()).orElse(-1L))
          .isBetween(
              one.account().map(t -> t.total().micrograms() - 60_000).orElse(-1L),
              one.account().map(t -> t.total().micrograms() + 60_000).orElse(-1L));
    }
  }

  private static PlantFixture lived(Sharing.Weight weight, List<Pass> passes, Random random) {
    PlantModel model = OvenTest.model(weight);
    PlantModel.Grid grid =
        new PlantModel.Grid(
            model.grid().factor(),
            PlantModel.Grid.DEFAULT_INTENSITY,
            Optional.of(Site.factor("0.72456")),
            Optional.of(Site.factor("0.013")),
            Optional.empty(),
            false);
    PlantFixture plant = new PlantFixture(model.with(grid));
    plant.read(START, 0, 0);
    for (int i = 0; i < LOTS; i++) {
      plant.scan(START - 60_000 + i, "in", HYDROXIDE, "L" + i);
      plant.weigh(START - 60_000 + i, 10 + i);
    }
    for (Pass pass : passes) {
      plant.scan(pass.millis, pass.in ? "feed" : "out", HYDROXIDE, pass.lot);
      plant.weigh(pass.millis, 10 + Integer.parseInt(pass.lot.substring(1)));
    }
    long main = 0;
    long oven = 0;
    for (int i = 1; i <= QUARTERS; i++) {
      long used = 1L + random.nextInt(20_000);
      oven += used;
      main += used + random.nextInt(20_000);
      plant.read(START + i * QUARTER, main, oven);
    }
    return plant;
  }

  /** Any enters and exits, in the order of time. */
  private static List<Pass> passes(Random random) {
    List<Pass> passes = new ArrayList<>();
    boolean[] inside = new boolean[LOTS];
    long now = START;
    while (now < START + (QUARTERS - 1) * QUARTER) {
      int lot = random.nextInt(LOTS);
      inside[lot] = !inside[lot];
      passes.add(new Pass("L" + lot, inside[lot], now));
      now += 1 + random.nextInt(400_000);
    }
    return passes;
  }

  /** Each lot goes in and out once, or stays in. */
  private static List<Pass> once(Random random) {
    List<Pass> passes = new ArrayList<>();
    for (int i = 0; i < LOTS; i++) {
      long in = START + random.nextLong(QUARTER);
      passes.add(new Pass("L" + i, true, in));
      if (random.nextInt(4) > 0) {
        passes.add(new Pass("L" + i, false, in + 1 + random.nextLong(QUARTER)));
      }
    }
    passes.sort(Comparator.comparingLong(Pass::millis));
    return passes;
  }
}

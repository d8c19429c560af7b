package io.tracegram.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.gateway.history.KnownEnergy.Stretch;
import io.tracegram.ledger.energy.Limits;
import io.tracegram.ledger.energy.MeterCurve;
import io.tracegram.ledger.energy.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of quarter-hours beside each other, as registers and as a curve reads them. */
class PlacementTest {
  private static final long QUARTER = 900_000;

  /** 27.5 kWh in a quarter of an hour at most. */
  private static final Limits LIMITS = Limits.of(100_000, QUARTER);

  private static final long HIGHEST = (1L << 53) - 1_000_000_000L;

  private final List<Stretch> said = new ArrayList<>();
  private final MeterCurve curve = new MeterCurve(LIMITS);

  /** Says quarters from a number on; says whether a register could hold them. */
  private boolean say(int from, long... milliwattHours) {
    long start = from * QUARTER;
    long end = start + milliwattHours.length * QUARTER;
    KnownEnergy known = new KnownEnergy(start, end);
    said.forEach(known::add);
    long rise = 0;
    for (long energy : milliwattHours) {
      rise += energy;
    }
    OptionalLong base =
        new Placement(LIMITS, known.endingBy(start), known.beginningFrom(end))
            .of(
                new Placement.Block(
                    new Stretch(start, start + QUARTER, 0, milliwattHours[0]),
                    end,
                    rise,
                    0,
                    HIGHEST));
    base.ifPresent(level -> read(start, level, milliwattHours));
    return base.isPresent();
  }

  private void read(long start, long base, long... milliwattHours) {
    long time = start;
    long level = base;
    curve.add(time, level, 1_000, Origin.IMPORTED);
    for (long energy : milliwattHours) {
      said.add(new Stretch(time, time + QUARTER, level, level + energy));
      time += QUARTER;
      level += energy;
      curve.add(time, level, 1_000, Origin.IMPORTED);
    }
  }

  private long energy(int quarter) {
    return curve.slice(quarter * QUARTER, (quarter + 1) * QUARTER).energy();
  }

  private boolean isMissing(int quarter) {
    return curve.slice(quarter * QUARTER, (quarter + 1) * QUARTER).missingMillis() == QUARTER;
  }

  /** Quarters 4 and 5 of 1 and 2 kWh; then 0 and 1, 3 before it, and 6 after it. */
  @Test
  void goesOnWhereItTouchesAndIsUnknownWhereItDoesNot() {
    assertThat(say(4, 1_000_000, 2_000_000)).isTrue();
    assertThat(say(0, 5_000_000, 6_000_000)).isTrue();
    assertThat(say(3, 7_000_000)).isTrue();
    assertThat(say(6, 8_000_000)).isTrue();

    assertThat(List.of(energy(0), energy(1), energy(3), energy(4), energy(5), energy(6)))
        .containsExactly(5_000_000L, 6_000_000L, 7_000_000L, 1_000_000L, 2_000_000L, 8_000_000L);
    assertThat(isMissing(2)).isTrue();
    assertThat(say(2, 1)).as("a hole, exactly").isFalse();
  }

  /** Up to eight files of a random day, some of it missing, in a random order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void noEnergyMovesIntoAnotherQuarter(long seed) {
    Random random = new Random(seed);
    List<int[]> files = new ArrayList<>();
    for (int quarter = random.nextInt(5); quarter < 80; ) {
      int length = 1 + random.nextInt(12);
      files.add(new int[] {quarter, length});
      quarter += length + random.nextInt(3) % 2 * (1 + random.nextInt(6));
    }
    Collections.shuffle(files, random);
    long[] day = new long[100];
    Arrays.fill(day, -1);
    for (int[] file : files) {
      long[] energies = random.longs(file[1], 0, 27_500_000).toArray();
      if (say(file[0], energies)) {
        System.arraycopy(energies, 0, day, file[0], energies.length);
      } else {
        assertThat(day[file[0] - 1]).as("a hole has a left side").isNotNegative();
        assertThat(day[file[0] + file[1]]).as("and a right one").isNotNegative();
      }
    }
    for (int quarter = 0; quarter < day.length; quarter++) {
      assertThat(energy(quarter)).as("quarter %d", quarter).isEqualTo(Math.max(0, day[quarter]));
      assertThat(isMissing(quarter)).as("quarter %d", quarter).isEqualTo(day[quarter] < 0);
    }
  }
}

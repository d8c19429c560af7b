package io.tracegram.ledger.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.energy.NaiveCurve.Reading;
import io.tracegram.ledger.state.StateCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class MeterCurvePropertyTest {
  private static final long STEP = 300_000L;
  private static final long END = 45 * STEP;
  private static final long CUT = 77_777L;

  /** A step allows for 3025 mWh and the values are few, so that falls and jumps are frequent. */
  @Provide
  Arbitrary<Limits> limits() {
    Arbitrary<OptionalLong> modulus =
        Arbitraries.of(OptionalLong.empty(), OptionalLong.of(12_000), OptionalLong.of(10_001));
    return Combinators.combine(Arbitraries.of(STEP, 2 * STEP), modulus)
        .as((gap, limit) -> new Limits(33, 10, gap, limit));
  }

  @Provide
  Arbitrary<List<Reading>> readings() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 40).map(step -> step * STEP),
            Arbitraries.longs().between(0, 10).map(units -> units * 1_000),
            Arbitraries.of(1L, 100L, 1_500L),
            Arbitraries.of(Origin.class))
        .as(Reading::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(30)
        .uniqueElements(Reading::millis);
  }

  @Provide
  Arbitrary<List<Discontinuity>> resets() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 80).map(step -> step * STEP / 2),
            Arbitraries.longs().between(0, 10).map(units -> units * 1_000),
            Arbitraries.longs().between(0, 10).map(units -> units * 1_000))
        .as(Discontinuity::new)
        .list()
        .ofMaxSize(4)
        .uniqueElements(Discontinuity::millis);
  }

  @Property(shrinking = net.jqwik.api.ShrinkingMode.OFF, tries = 400)
  void isTheSameWhateverTheOrderOfArrival(
      @ForAll("limits") Limits limits,
      @ForAll("readings") List<Reading> readings,
      @ForAll("resets") List<Discontinuity> resets,
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    NaiveCurve expected = new NaiveCurve(limits, readings, resets);
    MeterCurve curve = new MeterCurve(limits);
    feed(curve, mixed(readings, resets, seed));

    assertEqual(curve, expected);
  }

  @Property(shrinking = net.jqwik.api.ShrinkingMode.OFF, tries = 150)
  void saysEveryTimeWhichSlicesChanged(
      @ForAll("limits") Limits limits,
      @ForAll("readings") List<Reading> readings,
      @ForAll("resets") List<Discontinuity> resets,
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    MeterCurve curve = new MeterCurve(limits);
    curve.estimate(new Estimate(3 * STEP, 5 * STEP + 1, 999, "like last week"));
    curve.estimate(new Estimate(20 * STEP, 23 * STEP, 3, "nameplate"));
    curve.changesSeen();
    List<Slice> before = slices(curve);
    for (Object event : mixed(readings, resets, seed)) {
      feed(curve, List.of(event));
      List<Slice> after = slices(curve);
      assertThat(differing(before, after))
          .as("slices that changed by %s", event)
          .isSubsetOf(marked(curve));
      curve.changesSeen();
      before = after;
    }
    for (Discontinuity reset : resets) {
      curve.withdraw(reset);
    }
    assertLevels(curve, new NaiveCurve(limits, readings, List.of()));
  }

  @Property(shrinking = net.jqwik.api.ShrinkingMode.OFF, tries = 150)
  void risesAndAddsUpWhateverTheCuts(
      @ForAll("limits") Limits limits,
      @ForAll("readings") List<Reading> readings,
      @ForAll("resets") List<Discontinuity> resets,
      @ForAll @LongRange(min = 1, max = END) long width) {
    MeterCurve curve = new MeterCurve(limits);
    feed(curve, mixed(readings, resets, width));
    curve.estimate(new Estimate(41 * STEP, 44 * STEP, 7_001, "like last week"));
    Slice whole = curve.slice(0, END);
    long[] sums = new long[4];
    for (long from = 0; from < END; from += width) {
      long to = Math.min(END, from + width);
      Slice part = curve.slice(from, to);
      assertThat(part.energy() - part.estimated())
          .isNotNegative()
          .isEqualTo(curve.level(to) - curve.level(from));
      assertThat(part.measuredMillis() + part.interpolatedMillis())
          .isEqualTo(to - from - part.estimatedMillis() - part.missingMillis());
      sums[0] += part.energy();
      sums[1] += part.imported();
      sums[2] += part.unknownUpTo();
      sums[3] += part.missingMillis();
    }

    assertThat(sums)
        .containsExactly(
            whole.energy(), whole.imported(), whole.unknownUpTo(), whole.missingMillis());
    assertThat(whole.estimated()).isEqualTo(7_001);
  }

  @Property(shrinking = net.jqwik.api.ShrinkingMode.OFF, tries = 150)
  void goesOnTheSameAfterEveryRestart(
      @ForAll("limits") Limits limits,
      @ForAll("readings") List<Reading> readings,
      @ForAll("resets") List<Discontinuity> resets,
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    Random random = new Random(seed);
    MeterCurve curve = new MeterCurve(limits);
    MeterCurve restarted = new MeterCurve(limits);
    for (Object event : mixed(readings, resets, seed)) {
      feed(curve, List.of(event));
      feed(restarted, List.of(event));
      if (random.nextInt(4) == 0) {
        long until = random.nextInt(45) * STEP;
        curve.thinBefore(until, new long[] {});
        restarted.thinBefore(until, new long[] {});
      }
      if (random.nextInt(10) == 0) {
        curve.forgetBefore(random.nextInt(10) * STEP);
        restarted = new MeterCurve(curve.state());
      }
      if (random.nextInt(3) == 0) {
        byte[] bytes = StateCodec.write(restarted.state());
        restarted = new MeterCurve(StateCodec.read(MeterCurve.State.class, bytes));
      }
      assertThat(restarted.state()).isEqualTo(curve.state());
    }
  }

  private static List<Object> mixed(List<Reading> readings, List<Discontinuity> resets, long seed) {
    List<Object> events = new ArrayList<>(readings);
    events.addAll(resets);
    events.addAll(readings.subList(0, readings.size() / 3));
    Collections.shuffle(events, new Random(seed));
    return events;
  }

  private static void feed(MeterCurve curve, List<?> events) {
    for (Object event : events) {
      switch (event) {
        case Reading reading ->
            curve.add(reading.millis(), reading.value(), reading.resolution(), reading.origin());
        case Discontinuity reset -> curve.declare(reset);
        default -> throw new AssertionError(event);
      }
    }
  }

  private static List<Slice> slices(MeterCurve curve) {
    List<Slice> slices = new ArrayList<>();
    for (long from = 0; from < END; from += CUT) {
      slices.add(curve.slice(from, from + CUT));
    }
    return slices;
  }

  private static List<Integer> differing(List<Slice> before, List<Slice> after) {
    return IntStream.range(0, after.size())
        .filter(i -> !after.get(i).equals(before.get(i)))
        .boxed()
        .toList();
  }

  private static List<Integer> marked(MeterCurve curve) {
    return IntStream.range(0, slices(curve).size())
        .filter(i -> i * CUT < curve.changedTo() && (i + 1) * CUT > curve.changedFrom())
        .boxed()
        .toList();
  }

  private static void assertEqual(MeterCurve curve, NaiveCurve expected) {
    assertLevels(curve, expected);
    List<Slice> slices = new ArrayList<>();
    for (long from = 0; from < END; from += CUT) {
      slices.add(expected.slice(from, from + CUT));
    }
    assertThat(slices(curve)).isEqualTo(slices);
    assertThat(curve.slice(0, END)).isEqualTo(expected.slice(0, END));
  }

  private static void assertLevels(MeterCurve curve, NaiveCurve expected) {
    long[] times = LongStream.rangeClosed(0, END * 3 / STEP).map(i -> i * STEP / 3).toArray();
    assertThat(Arrays.stream(times).map(curve::level).toArray())
        .isEqualTo(Arrays.stream(times).map(expected::level).toArray());
  }
}

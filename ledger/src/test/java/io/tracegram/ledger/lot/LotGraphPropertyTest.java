package io.tracegram.ledger.lot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.plant.Absorption;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.ledger.state.StateCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever is worked, learnt late, corrected or restated: nothing is lost, nothing is made up. */
class LotGraphPropertyTest {
  private static final long HOUR = 3_600_000;

  @Property(shrinking = ShrinkingMode.OFF, tries = 300)
  void whatCameInIsInLotsOrWaitsOrIsVariance(@ForAll long seed) {
    Floor floor = new Floor(new Random(seed));
    for (int step = 0; step < 120; step++) {
      floor.step();
      assertThat(held(floor.graph.state())).isEqualTo(floor.cameIn.but(0));
    }
  }

  @Property(shrinking = ShrinkingMode.OFF, tries = 100)
  void goesOnFromAnyStateAsIfNothingHadHappened(@ForAll long seed) {
    Floor through = new Floor(new Random(seed));
    Floor restarted = new Floor(new Random(seed));
    for (int step = 0; step < 60; step++) {
      through.step();
      restarted.step();
      restarted.graph =
          new LotGraph(
              StateCodec.read(LotGraph.State.class, StateCodec.write(restarted.graph.state())));
    }
    assertThat(restarted.graph.state()).isEqualTo(through.graph.state());
  }

  /** Adds up all places where a burden can be. */
  static Burden held(LotGraph.State state) {
    Map<String, Job.State> jobs = new HashMap<>();
    Burden sum = Burden.NONE;
    for (Job.State job : state.jobs()) {
      jobs.put(job.work().id(), job);
      if (job.accounted().isEmpty()) {
        sum = sum.plus(job.cost().co2e());
      } else if (!job.redo()) {
        Burden unsettled =
            job.cost().co2e().minus(job.accounted().get().cost().co2e()).minus(unaccounted(job));
        sum = sum.plus(unsettled);
      }
    }
    for (LotNode.State node : state.nodes()) {
      sum = sum.plus(node.rest());
      for (Map.Entry<String, LotNode.Taken> taken : node.takings().entrySet()) {
        if (taken.getValue().isLate()) {
          continue;
        }
        if (Objects.requireNonNull(jobs.get(taken.getKey())).accounted().isEmpty()) {
          sum = sum.plus(taken.getValue().part());
        }
      }
    }
    for (Absorbed.Slot slot : state.absorber().open().values()) {
      sum = sum.plus(slot.pool().co2e()).plus(slot.late()).minus(slot.absorbed());
    }
    for (Absorbed period : new Absorber(state.absorber()).periods()) {
      sum = sum.plus(period.closing()).minus(period.opening());
    }
    return sum.but(0);
  }

  /** Returns what of a work's cost was booked as late; of a pour, late is what it brought. */
  private static Burden unaccounted(Job.State job) {
    return job.work().blend().isPresent() ? Burden.NONE : job.late();
  }

  /** Lives a random life; never leaves a work to be done again unsettled. */
  private static final class Floor {
    private final Random random;
    private final Absorption absorption;
    private LotGraph graph = new LotGraph(LotGraph.empty());
    private Burden cameIn = Burden.NONE;
    private final List<Work> works = new ArrayList<>();
    private final List<LotId> unknown = new ArrayList<>();
    private final Map<Stage, Long> left = new LinkedHashMap<>();
    private long now;
    private long periodFrom;
    private int number;

    Floor(Random random) {
      this.random = random;
      absorption =
          new Absorption(
              Absorption.Policy.values()[random.nextInt(3)],
              Absorption.Key.values()[random.nextInt(3)]);
    }

    void step() {
      now += random.nextInt(3) * HOUR;
      switch (random.nextInt(8)) {
        case 0 -> receive();
        case 1 -> tellUnknown();
        case 2, 3 -> work();
        case 4 -> cost(emitted());
        case 5 -> {
          Cost more = emitted();
          cameIn = cameIn.plus(more.co2e());
          graph.pool(Math.max(0, now - random.nextInt(4) * HOUR), more);
        }
        case 6 -> correct();
        default -> close();
      }
      while (graph.isDue()) {
        graph.settle(Basis.LB_ANNUAL, absorption, 1 + random.nextInt(3));
      }
    }

    private void receive() {
      LotId lot = lot();
      left.put(Stage.first(lot), 1L + random.nextInt(1_000_000));
      unknown.add(lot);
      if (random.nextBoolean()) {
        tellUnknown();
      }
    }

    private void tellUnknown() {
      if (!unknown.isEmpty()) {
        LotId lot = unknown.removeLast();
        long total = random.nextInt(1_000_000);
        Burden burden =
            Burden.inherited(new Co2e(total), new Co2e(total == 0 ? 0 : random.nextLong(total)));
        cameIn = cameIn.plus(burden);
        graph.carry(lot, new Mass(original(Stage.first(lot))), burden);
      }
    }

    private long original(Stage lot) {
      long used =
          works.stream()
              .flatMap(work -> work.inputs().stream())
              .filter(input -> input.lot().equals(lot))
              .mapToLong(input -> input.mass().milligrams())
              .sum();
      return left.getOrDefault(lot, 0L) + used;
    }

    private void work() {
      List<Work.Input> inputs = new ArrayList<>();
      for (Stage lot : List.copyOf(left.keySet())) {
        if (left.getOrDefault(lot, 0L) > 0 && random.nextInt(3) == 0) {
          inputs.add(take(lot));
        }
      }
      if (inputs.isEmpty()) {
        return;
      }
      long mass = inputs.stream().mapToLong(input -> input.mass().milligrams()).sum();
      List<Work.Output> outputs = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        long part = Math.max(1, mass / 4);
        Stage made = made(inputs, outputs);
        boolean carries = random.nextInt(4) > 0;
        left.put(made, part);
        outputs.add(
            new Work.Output(
                made, new Mass(part), carries, Burden.NONE, Burden.NONE, carries ? part : 0));
      }
      Work work = new Work("x@" + number++, now, now + random.nextInt(2) * HOUR, inputs, outputs);
      works.add(work);
      graph.work(work);
    }

    /** Returns a new lot, or one that was put in whole and comes out again. */
    private Stage made(List<Work.Input> inputs, List<Work.Output> outputs) {
      Stage whole = inputs.get(random.nextInt(inputs.size())).lot();
      Stage next = new Stage(whole.lot(), whole.revision() + 1);
      boolean rework =
          outputs.isEmpty()
              && left.getOrDefault(whole, 0L) == 0
              && !left.containsKey(next)
              && random.nextBoolean();
      return rework ? next : Stage.first(lot());
    }

    private Work.Input take(Stage lot) {
      long part =
          random.nextBoolean()
              ? left.getOrDefault(lot, 0L)
              : 1 + random.nextLong(left.getOrDefault(lot, 0L));
      left.merge(lot, -part, Long::sum);
      return new Work.Input(lot, new Mass(part));
    }

    /** A scan that comes late, or is taken back. */
    private void correct() {
      if (works.isEmpty()) {
        return;
      }
      int index = random.nextInt(works.size());
      Work work = works.get(index);
      List<Work.Input> inputs = new ArrayList<>(work.inputs());
      if (inputs.size() > 1) {
        Work.Input undone = inputs.removeLast();
        left.merge(undone.lot(), undone.mass().milligrams(), Long::sum);
        Work corrected =
            new Work(work.id(), work.startMillis(), work.endMillis(), inputs, work.outputs());
        works.set(index, corrected);
        graph.work(corrected);
      }
    }

    private void cost(Cost more) {
      if (!works.isEmpty()) {
        cameIn = cameIn.plus(more.co2e());
        graph.cost(works.get(random.nextInt(works.size())).id(), more);
      }
    }

    private void close() {
      graph.closedThrough(now);
      if (random.nextInt(4) == 0 && now > periodFrom) {
        graph.closePeriod(periodFrom, now, absorption);
        periodFrom = now;
      }
    }

    private Cost emitted() {
      return new Cost(
          new Energy(random.nextInt(1_000_000)),
          Burden.of(
              new long[] {
                random.nextInt(1_000_000),
                random.nextInt(1_000),
                0,
                random.nextInt(9),
                0,
                0,
                0,
                0,
                0,
                random.nextInt(1_000_000),
                0
              },
              0,
              0),
          Cost.Unknown.NOTHING);
    }

    private LotId lot() {
      return new LotId("01/09520000000028/10/L" + number++);
    }
  }
}

package io.tracegram.ledger.lot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.plant.Absorption;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.ledger.state.StateCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever is poured, drawn, undone, told late or corrected: a silo neither loses nor gains. */
class BlendsPropertyTest {
  private static final long HOUR = 3_600_000;

  @Property(shrinking = ShrinkingMode.OFF, tries = 300)
  void whatWasPouredInWasDrawnOrIsInTheSiloOrIsVariance(@ForAll long seed) {
    Silo silo = new Silo(new Random(seed));
    for (int step = 0; step < 150; step++) {
      silo.step();
      assertThat(LotGraphPropertyTest.held(silo.graph.state())).isEqualTo(silo.cameIn.but(0));
    }
  }

  @Property(shrinking = ShrinkingMode.OFF, tries = 100)
  void goesOnFromAnyStateAsIfNothingHadHappened(@ForAll long seed) {
    Silo through = new Silo(new Random(seed));
    Silo restarted = new Silo(new Random(seed));
    for (int step = 0; step < 80; step++) {
      through.step();
      restarted.step();
      restarted.graph =
          new LotGraph(
              StateCodec.read(LotGraph.State.class, StateCodec.write(restarted.graph.state())));
    }
    assertThat(restarted.graph.state()).isEqualTo(through.graph.state());
  }

  /** Lives a random life; no lot that was drawn ever says another figure. */
  private static final class Silo {
    private final Random random;
    private final Absorption absorption =
        new Absorption(Absorption.Policy.PREDETERMINED, Absorption.Key.MASS);
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<LotId> unknown = new ArrayList<>();
    private final Map<LotId, Long> masses = new LinkedHashMap<>();
    private final Map<LotId, Long> left = new LinkedHashMap<>();
    private final Map<LotId, Burden> told = new LinkedHashMap<>();
    private LotGraph graph = new LotGraph(LotGraph.empty());
    private Burden cameIn = Burden.NONE;
    private LotId content = lot(0);
    private long in;
    private long now;
    private long number = 1;

    Silo(Random random) {
      this.random = random;
    }

    void step() {
      now += random.nextInt(3) * HOUR;
      switch (random.nextInt(9)) {
        case 0, 1 -> receive();
        case 2, 3 -> pour();
        case 4, 5 -> draw();
        case 6 -> tell();
        case 7 -> {
          if (!undo.isEmpty()) {
            undo.pop().run();
          }
        }
        default -> close();
      }
      while (graph.isDue()) {
        for (Made made : graph.settle(Basis.LB_ANNUAL, absorption, 1 + random.nextInt(3))) {
          assertThat(made.revision()).isZero();
        }
      }
    }

    private void receive() {
      LotId lot = lot(number++);
      long mass = 1L + random.nextInt(1_000_000);
      masses.put(lot, mass);
      left.put(lot, mass);
      unknown.add(lot);
      if (random.nextInt(3) > 0) {
        tell();
      }
    }

    /** A passport comes, or a lot's figure is another one. */
    private void tell() {
      LotId lot =
          !unknown.isEmpty() && random.nextBoolean()
              ? unknown.removeLast()
              : told.keySet().stream()
                  .skip(told.isEmpty() ? 0 : random.nextInt(told.size()))
                  .findFirst()
                  .orElse(content);
      if (masses.containsKey(lot)) {
        Burden burden =
            Burden.inherited(new Co2e(random.nextInt(1_000_000)), new Co2e(random.nextInt(1_000)));
        cameIn = cameIn.plus(burden).minus(told.getOrDefault(lot, Burden.NONE));
        told.put(lot, burden);
        graph.carry(lot, new Mass(masses.getOrDefault(lot, 0L)), burden);
      }
    }

    private void pour() {
      LotId lot =
          left.keySet().stream()
              .skip(left.isEmpty() ? 0 : random.nextInt(left.size()))
              .findFirst()
              .orElse(content);
      long most = left.getOrDefault(lot, 0L);
      if (most == 0) {
        return;
      }
      long mass = random.nextBoolean() ? most : 1 + random.nextLong(most);
      LotId before = content;
      long held = in;
      List<Work.Input> inputs = new ArrayList<>();
      if (held > 0) {
        inputs.add(new Work.Input(before, new Mass(held)));
      }
      inputs.add(new Work.Input(lot, new Mass(mass)));
      left.merge(lot, -mass, Long::sum);
      in = held + mass;
      content = LotId.ofContent("09520000000028", "bin", number);
      work(inputs, content, in);
      long id = number++;
      long time = now;
      undo.push(
          () -> {
            graph.work(new Work("x@" + id, time, time, List.of(), List.of()));
            left.merge(lot, mass, Long::sum);
            content = before;
            in = held;
          });
    }

    private void draw() {
      if (in == 0) {
        return;
      }
      long mass = random.nextInt(4) == 0 ? in : 1 + random.nextLong(in);
      work(List.of(new Work.Input(content, new Mass(mass))), lot(number), mass);
      in -= mass;
      long id = number++;
      long time = now;
      undo.push(
          () -> {
            graph.work(new Work("x@" + id, time, time, List.of(), List.of()));
            in += mass;
          });
    }

    private void work(List<Work.Input> inputs, LotId made, long mass) {
      Work.Output output = new Work.Output(made, new Mass(mass), true, Burden.NONE);
      graph.work(new Work("x@" + number, now, now, inputs, List.of(output)));
    }

    private void close() {
      graph.closedThrough(now);
    }

    private static LotId lot(long number) {
      return LotId.ofLot("09520000000028", "L" + number);
    }
  }
}

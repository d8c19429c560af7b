package io.tracegram.deploy.bench;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.evidence.log.Leaf;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures what receiving, working and making lots costs as their number grows: strict parsing and
 * the fold, without signatures, hashes or disk. Single-threaded.
 */
public final class LotsBench {
  /** Points of the curve begin here. */
  public static final int LEAST_LOTS = 1_000;

  /** Lots that fed a silo. */
  private static final List<Integer> FEEDERS = List.of(10, 1_000, 100_000);

  private static final int EVENTS_PER_PAIR = 3;
  private static final int WARM_UP_QUARTERS = 200;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long lots;

  /**
   * @param lots ≥ {@link #LEAST_LOTS}, half of them received and half made
   */
  public LotsBench(long lots) {
    this.lots = lots;
  }

  /**
   * Warms up and measures.
   *
   * @param talk told of each point
   */
  public LotsResult run(Consumer<String> talk) {
    talk.accept("Warming up …");
    List<LotsResult.Draw> draws = SiloBench.run(FEEDERS, talk);
    LotsPlant warm = new LotsPlant();
    warm.live(WARM_UP_QUARTERS);
    List<byte[]> warmUp = warm.log().take();
    for (int i = 0; i < 3; i++) {
      fold(new FacilityLedger(), warmUp);
    }
    LotsPlant plant = new LotsPlant();
    FacilityLedger ledger = new FacilityLedger();
    List<LotsResult.Point> curve = new ArrayList<>();
    long nextPoint = LEAST_LOTS;
    long events = 0;
    long pointEvents = 0;
    long pointCpu = 0;
    long nanos = 0;
    while (ledger.lotCount() < lots) {
      plant.live(1);
      List<byte[]> leaves = plant.log().take();
      long cpu = THREADS.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      fold(ledger, leaves);
      nanos += System.nanoTime() - start;
      pointCpu += THREADS.getCurrentThreadCpuTime() - cpu;
      events += (long) LotsPlant.PAIRS * EVENTS_PER_PAIR;
      pointEvents += (long) LotsPlant.PAIRS * EVENTS_PER_PAIR;
      if (ledger.lotCount() >= nextPoint) {
        LotsResult.Point point =
            new LotsResult.Point(ledger.lotCount(), (double) pointCpu / pointEvents);
        curve.add(point);
        talk.accept("%,d lots: %.0f ns an event".formatted(point.lots(), point.nanosPerEvent()));
        nextPoint *= 10;
        pointCpu = 0;
        pointEvents = 0;
      }
    }
    check(plant, ledger);
    long start = System.nanoTime();
    byte[] snapshot = ledger.snapshot();
    long written = System.nanoTime();
    FacilityLedger.restore(snapshot);
    long restored = System.nanoTime();
    return new LotsResult(
        ledger.lotCount(),
        events * 1e9 / nanos,
        curve,
        snapshot.length,
        (written - start) / 1e9,
        (restored - written) / 1e9,
        draws,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  static void fold(FacilityLedger ledger, List<byte[]> leaves) {
    long index = ledger.size();
    for (byte[] leaf : leaves) {
      ledger.apply(index++, Leaf.parse(leaf));
    }
  }

  private static void check(LotsPlant plant, FacilityLedger ledger) {
    if (!ledger.totals().equals(plant.log().ledger().totals())
        || ledger.derivedMismatches() > 0
        || ledger.totals().conservationError().micrograms() != 0
        || !ledger.outstanding().isEmpty()
        || ledger.lots(1).getFirst().account().isEmpty()) {
      throw new IllegalStateException("the accounts are not those of the plant");
    }
  }
}

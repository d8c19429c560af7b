package io.tracegram.deploy.bench;

import io.tracegram.ledger.account.FacilityLedger;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures what a withdrawal from a silo costs as the number of lots that were poured in grows:
 * strict parsing and the fold, the drawn lot's account included. Single-threaded.
 */
final class SiloBench {
  private static final int QUARTERS = 12;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private SiloBench() {}

  /**
   * Measures one silo for each number of lots that fed it.
   *
   * @param talk told of each point
   */
  static List<LotsResult.Draw> run(List<Integer> feeders, Consumer<String> talk) {
    for (int warmUp = 0; warmUp < 2; warmUp++) {
      nanosPerDraw(20_000);
    }
    List<LotsResult.Draw> curve = new ArrayList<>();
    for (int lots : feeders) {
      LotsResult.Draw draw = new LotsResult.Draw(lots, nanosPerDraw(lots));
      curve.add(draw);
      talk.accept(
          "a silo fed by %,d lots: %.0f ns a withdrawal"
              .formatted(draw.feeders(), draw.nanosPerDraw()));
    }
    return curve;
  }

  /** Returns CPU time of the best quarter of an hour, so that a collection of garbage is not it. */
  private static double nanosPerDraw(int feeders) {
    SiloPlant plant = new SiloPlant();
    FacilityLedger ledger = new FacilityLedger();
    plant.fill(feeders);
    LotsBench.fold(ledger, plant.log().take());
    long best = Long.MAX_VALUE;
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
      plant.draw();
      List<byte[]> leaves = plant.log().take();
      long cpu = THREADS.getCurrentThreadCpuTime();
      LotsBench.fold(ledger, leaves);
      best = Math.min(best, THREADS.getCurrentThreadCpuTime() - cpu);
    }
    if (ledger.lotCount() != feeders + (long) QUARTERS * SiloPlant.LOTS
        || ledger.derivedMismatches() > 0
        || !ledger.outstanding().isEmpty()
        || ledger.lots(1).getFirst().account().isEmpty()) {
      throw new IllegalStateException("the accounts are not those of the silo");
    }
    return (double) best / SiloPlant.LOTS;
  }
}

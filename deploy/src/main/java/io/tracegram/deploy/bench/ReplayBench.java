package io.tracegram.deploy.bench;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.evidence.log.Leaf;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures how fast leaves become accounts, from the first month to the last: strict parsing and
 * the fold, without signatures, hashes or disk. Single-threaded.
 */
public final class ReplayBench {
  /** A late reading is of 30 days ago, and of an hour that was missed. */
  public static final int LEAST_DAYS = 35;

  private static final int MONTH = 30;
  private static final int YEAR = 365;
  private static final int WARM_UP_DAYS = 10;
  private static final int DAYS_AT_ONCE = 5;
  private static final int LATE_DAYS = 30;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int meters;
  private final int days;

  /**
   * @param meters of the plant, ≥ 2, each read every minute
   * @param days of history, ≥ {@link #LEAST_DAYS}
   */
  public ReplayBench(int meters, int days) {
    this.meters = meters;
    this.days = days;
  }

  /** What some leaves cost. */
  private record Cost(long readings, long nanos, long cpuNanos) {
    Cost and(Cost more) {
      return new Cost(readings + more.readings, nanos + more.nanos, cpuNanos + more.cpuNanos);
    }

    double perReading() {
      return (double) cpuNanos / readings;
    }
  }

  /**
   * Warms up and measures.
   *
   * @param talk told of each month
   */
  public ReplayResult run(Consumer<String> talk) {
    talk.accept("Warming up …");
    ReplayPlant warm = new ReplayPlant(meters);
    warm.live(24 * WARM_UP_DAYS);
    List<byte[]> warmUp = warm.take();
    for (int i = 0; i < 3; i++) {
      fold(new FacilityLedger(), 0, warmUp);
    }
    ReplayPlant plant = new ReplayPlant(meters);
    FacilityLedger ledger = new FacilityLedger();
    Cost all = new Cost(0, 0, 0);
    Cost month = new Cost(0, 0, 0);
    double firstMonth = 0;
    double lastMonth = 0;
    Snapshot snapshot = new Snapshot(0, 0, 0, 0);
    for (int day = DAYS_AT_ONCE; day <= days; day += DAYS_AT_ONCE) {
      plant.live(24 * DAYS_AT_ONCE);
      Cost cost = fold(ledger, ledger.size(), plant.take());
      all = all.and(cost);
      month = month.and(cost);
      if (day % MONTH == 0) {
        lastMonth = month.perReading();
        firstMonth = day == MONTH ? lastMonth : firstMonth;
        talk.accept("Month %2d: %.0f ns a reading".formatted(day / MONTH, lastMonth));
        month = new Cost(0, 0, 0);
      }
      if (day == Math.min(YEAR, days / DAYS_AT_ONCE * DAYS_AT_ONCE)) {
        snapshot = Snapshot.of(ledger, day);
      }
    }
    long late = late(plant, ledger);
    check(plant, ledger);
    return new ReplayResult(
        meters,
        days,
        all.readings,
        all.readings * 1e9 / all.nanos,
        firstMonth,
        lastMonth,
        snapshot.days,
        snapshot.bytes,
        snapshot.writeNanos / 1e9,
        snapshot.restoreNanos / 1e9,
        late / 1e6,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static Cost fold(FacilityLedger ledger, long first, List<byte[]> leaves) {
    long before = ledger.totals().readings();
    long cpu = THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    long index = first;
    for (byte[] leaf : leaves) {
      ledger.apply(index++, Leaf.parse(leaf));
    }
    return new Cost(
        ledger.totals().readings() - before,
        System.nanoTime() - start,
        THREADS.getCurrentThreadCpuTime() - cpu);
  }

  /** Returns the time from a late reading's leaf until its restated accounts are there. */
  private static long late(ReplayPlant plant, FacilityLedger ledger) {
    plant.readLate(LATE_DAYS);
    plant.settle();
    List<byte[]> leaves = plant.take();
    long intervals = ledger.totals().intervals();
    long nanos = fold(ledger, ledger.size(), leaves).nanos;
    if (leaves.size() < 3 || ledger.totals().intervals() != intervals) {
      throw new IllegalStateException("the late reading restated nothing");
    }
    return nanos;
  }

  private static void check(ReplayPlant plant, FacilityLedger ledger) {
    if (!ledger.totals().equals(plant.ledger().totals())
        || ledger.derivedMismatches() > 0
        || ledger.totals().conservationError().micrograms() != 0
        || !ledger.outstanding().isEmpty()) {
      throw new IllegalStateException("the accounts are not those of the plant");
    }
  }

  /** What a snapshot costs after a number of days. */
  private record Snapshot(int days, long bytes, long writeNanos, long restoreNanos) {
    static Snapshot of(FacilityLedger ledger, int days) {
      long start = System.nanoTime();
      byte[] bytes = ledger.snapshot();
      long written = System.nanoTime();
      FacilityLedger restored = FacilityLedger.restore(bytes);
      long end = System.nanoTime();
      if (restored.size() != ledger.size()) {
        throw new IllegalStateException("a snapshot lost leaves");
      }
      return new Snapshot(days, bytes.length, written - start, end - written);
    }
  }
}

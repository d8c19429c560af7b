package io.tracegram.ledger.account;

import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.lot.Presence;
import io.tracegram.ledger.plant.Sharing;
import io.tracegram.ledger.quantity.LargestRemainder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Shares a meter's own part among the orders at its workstation: the quarter is cut at each enter
 * and exit, and each segment partitioned by the orders' weights. Used once.
 *
 * <p>The parts add up exactly. Remainders go to the largest, ties to the earlier segment and the
 * lesser order id, so that the order in which scans were told makes no difference.
 */
final class Segments {
  /** Masses from here on count in grams, so that mass × time stays in range. */
  private static final long HEAVY = 1_000_000_000_000L;

  private final Sharing.Weight weight;
  private final List<Presence> presences;
  private final List<Segment> segments;
  private final SortedMap<Cell, Long> parts = new TreeMap<>();
  private boolean lacksWeight;

  /**
   * Time in which nobody enters or leaves.
   *
   * @param energy that the meter counted in it
   */
  record Segment(long fromMillis, long toMillis, long energy) {}

  /**
   * @param presences at the workstation
   * @param segments of the quarter, in order, without a gap
   */
  Segments(Sharing.Weight weight, List<Presence> presences, List<Segment> segments) {
    this.weight = weight;
    this.presences = presences.stream().sorted(Comparator.comparing(Presence::order)).toList();
    this.segments = segments;
  }

  /** Returns where an amount goes. */
  Map<Cell, Long> of(long amount) {
    List<Long> energies = segments.stream().map(Segment::energy).toList();
    if (energies.stream().allMatch(energy -> energy == 0)) {
      put(Cell.UNATTRIBUTED, amount);
      return parts;
    }
    long[] amounts = LargestRemainder.partition(amount, energies);
    long together = 0;
    for (int i = 0; i < amounts.length; i++) {
      List<Presence> there = in(segments.get(i));
      if (there.isEmpty()) {
        put(Cell.IDLE, amounts[i]);
      } else if (weight == Sharing.Weight.MASS_TIME) {
        together += amounts[i];
      } else {
        share(amounts[i], there, this::weight);
      }
    }
    if (together > 0) {
      share(
          together,
          presences.stream().filter(presence -> millis(presence) > 0).toList(),
          this::weight);
    }
    return parts;
  }

  /** Says whether an order had no mass to share by. */
  boolean lacksWeight() {
    return lacksWeight;
  }

  private List<Presence> in(Segment segment) {
    return presences.stream()
        .filter(
            presence ->
                presence.startMillis() < segment.toMillis()
                    && presence.endMillis() > segment.fromMillis())
        .toList();
  }

  private void share(long amount, List<Presence> there, ToLongFunction<Presence> by) {
    long[] weights = there.stream().mapToLong(by).toArray();
    for (long each : weights) {
      if (each == 0 && amount > 0) {
        lacksWeight = true;
        put(Cell.UNATTRIBUTED, amount);
        return;
      }
    }
    long[] shares = LargestRemainder.partition(amount, weights);
    for (int i = 0; i < shares.length; i++) {
      put(Cell.direct(there.get(i).order()), shares[i]);
    }
  }

  private long weight(Presence presence) {
    long milligrams = presence.mass().milligrams();
    return switch (weight) {
      case ONE -> 1;
      case MASS -> milligrams;
      case PIECES -> presence.pieces();
      case MASS_TIME -> Math.multiplyExact(milligrams / unit(), millis(presence));
    };
  }

  private long unit() {
    return presences.stream().anyMatch(presence -> presence.mass().milligrams() >= HEAVY)
        ? 1_000
        : 1;
  }

  private long millis(Presence presence) {
    long from = Math.max(segments.getFirst().fromMillis(), presence.startMillis());
    long to = Math.min(segments.getLast().toMillis(), presence.endMillis());
    return Math.max(0, to - from);
  }

  private void put(Cell cell, long amount) {
    parts.merge(cell, amount, Math::addExact);
  }
}

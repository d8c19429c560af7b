package io.tracegram.ledger.energy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rules of registers in the plainest words, without any regard to speed. */
final class NaiveCurve {
  record Reading(long millis, long value, long resolution, Origin origin) {}

  private record Node(Reading reading, BigInteger level, boolean unknownBefore) {}

  private final Limits limits;
  private final SortedMap<Long, Discontinuity> declared = new TreeMap<>();
  private final List<Node> nodes = new ArrayList<>();

  NaiveCurve(Limits limits, Collection<Reading> readings, Collection<Discontinuity> resets) {
    this.limits = limits;
    resets.forEach(reset -> declared.putIfAbsent(reset.millis(), reset));
    SortedMap<Long, Reading> byTime = new TreeMap<>();
    readings.forEach(reading -> byTime.putIfAbsent(reading.millis(), reading));
    Optional<Reading> held = Optional.empty();
    for (Reading reading : byTime.values()) {
      if (nodes.isEmpty()) {
        nodes.add(new Node(reading, BigInteger.valueOf(reading.value()), false));
        continue;
      }
      Node last = nodes.getLast();
      Optional<BigInteger> counted = counted(last.reading, reading);
      Optional<BigInteger> confirmed = held.flatMap(first -> counted(first, reading));
      if (counted.isPresent()) {
        nodes.add(new Node(reading, last.level.add(counted.get()), false));
        held = Optional.empty();
      } else if (confirmed.isPresent()) {
        nodes.add(new Node(held.get(), last.level, true));
        nodes.add(new Node(reading, last.level.add(confirmed.get()), false));
        held = Optional.empty();
      } else {
        held = Optional.of(reading);
      }
    }
  }

  private BigInteger cap(Reading a, Reading b) {
    return BigInteger.valueOf(limits.maxPowerWatts())
        .multiply(BigInteger.valueOf(100 + limits.tolerancePercent()))
        .multiply(BigInteger.valueOf(b.millis - a.millis))
        .divide(BigInteger.valueOf(360_000))
        .add(BigInteger.valueOf(Math.max(a.resolution, b.resolution)).min(BigInteger.TEN.pow(7)));
  }

  private Optional<BigInteger> counted(Reading a, Reading b) {
    BigInteger cap = cap(a, b);
    List<Discontinuity> between = List.copyOf(declared.subMap(a.millis + 1, b.millis + 1).values());
    if (!between.isEmpty()) {
      List<BigInteger> parts = new ArrayList<>();
      long register = a.value;
      for (Discontinuity reset : between) {
        parts.add(BigInteger.valueOf(reset.finalValue() - register));
        register = reset.initialValue();
      }
      parts.add(BigInteger.valueOf(b.value - register));
      BigInteger sum = parts.stream().reduce(BigInteger.ZERO, BigInteger::add);
      if (parts.stream().allMatch(part -> part.signum() >= 0) && sum.compareTo(cap) <= 0) {
        return Optional.of(sum);
      }
    }
    BigInteger rise = BigInteger.valueOf(b.value - a.value);
    if (rise.signum() < 0 && limits.modulus().isPresent()) {
      rise = rise.add(BigInteger.valueOf(limits.modulus().getAsLong()));
    }
    return rise.signum() >= 0 && rise.compareTo(cap) <= 0 ? Optional.of(rise) : Optional.empty();
  }

  long level(long millis) {
    if (nodes.isEmpty()) {
      return 0;
    }
    Node before = nodes.getFirst();
    for (Node node : nodes) {
      if (node.reading.millis >= millis) {
        long span = node.reading.millis - before.reading.millis;
        return span == 0
            ? node.level.longValueExact()
            : line(before.level, node.level, millis - before.reading.millis, span);
      }
      before = node;
    }
    return before.level.longValueExact();
  }

  private static long line(BigInteger from, BigInteger to, long at, long span) {
    BigInteger part = to.subtract(from).multiply(BigInteger.valueOf(at));
    return from.add(part.divide(BigInteger.valueOf(span))).longValueExact();
  }

  /** Returns energy and quality of [from, to) for at least one reading, without estimates. */
  Slice slice(long from, long to) {
    long[] sums = new long[9];
    long known = 0;
    for (int i = 1; i < nodes.size(); i++) {
      Node a = nodes.get(i - 1);
      Node b = nodes.get(i);
      long start = Math.max(from, a.reading.millis);
      long end = Math.min(to, b.reading.millis);
      if (start >= end) {
        continue;
      }
      known += end - start;
      long span = b.reading.millis - a.reading.millis;
      long since = a.reading.millis;
      if (b.unknownBefore) {
        BigInteger cap = cap(a.reading, b.reading);
        sums[4] +=
            line(BigInteger.ZERO, cap, end - since, span)
                - line(BigInteger.ZERO, cap, start - since, span);
        sums[8] += end - start;
        continue;
      }
      long energy =
          line(a.level, b.level, end - since, span) - line(a.level, b.level, start - since, span);
      int quality = span > limits.maxGapMillis() ? 1 : 0;
      sums[quality] += energy;
      sums[5 + quality] += end - start;
      if (a.reading.origin == Origin.IMPORTED || b.reading.origin == Origin.IMPORTED) {
        sums[3] += energy;
      }
    }
    sums[8] += to - from - known;
    long first = nodes.getFirst().reading.millis;
    long last = nodes.getLast().reading.millis;
    if (from < first) {
      sums[4] += limits.most(Math.min(to, first)) - limits.most(from);
    }
    if (to > last) {
      sums[4] += limits.most(to - last) - limits.most(Math.max(from, last) - last);
    }
    return new Slice(
        sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7], sums[8]);
  }
}

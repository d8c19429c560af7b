package io.tracegram.ledger.quantity;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Partitions an integer amount so that the parts add up to it exactly. Stateless. */
public final class LargestRemainder {
  private static final int STEP = 16;
  private static final long MASK = (1L << STEP) - 1;

  /** Below it a remainder leaves room for one step of a long division. */
  private static final long MOST_TOTAL = 1L << (Long.SIZE - 1 - STEP);

  private LargestRemainder() {}

  /**
   * Partitions {@code amount} in proportion to {@code weights}: each part is rounded down, the
   * units left over go to the largest remainders, ties to the part that comes first.
   *
   * @param amount any sign; a negative amount is partitioned by its absolute value
   * @param weights ≥ 0, at least one of them positive unless the amount is zero
   */
  public static long[] partition(long amount, List<Long> weights) {
    return partition(amount, weights.stream().mapToLong(Long::longValue).toArray());
  }

  /** Partitions as {@link #partition(long, List)} does. */
  public static long[] partition(long amount, long[] weights) {
    if (amount == 0) {
      return new long[weights.length];
    }
    long total = 0;
    for (long weight : weights) {
      if (weight < 0) {
        throw new IllegalArgumentException("negative weight " + weight);
      }
      total = total > Long.MAX_VALUE - weight ? Long.MAX_VALUE : total + weight;
    }
    if (total == 0) {
      throw new IllegalArgumentException("nothing to partition " + amount + " over");
    }
    return total < MOST_TOTAL && amount != Long.MIN_VALUE
        ? inLongs(amount, weights, total)
        : inBigIntegers(amount, weights);
  }

  private static long[] inLongs(long amount, long[] weights, long total) {
    long absolute = Math.abs(amount);
    long[] parts = new long[weights.length];
    long[] remainders = new long[weights.length];
    long left = absolute;
    for (int i = 0; i < parts.length; i++) {
      long remainder = Math.multiplyHigh(absolute, weights[i]);
      long low = absolute * weights[i];
      long quotient = 0;
      if (remainder == 0 && low >= 0) {
        quotient = low / total;
        remainder = low - quotient * total;
      } else {
        // by hand, 16 bits at a time: the product has up to 110 bits, the quotient at most 63
        for (int shift = Long.SIZE - STEP; shift >= 0; shift -= STEP) {
          long dividend = (remainder << STEP) | ((low >>> shift) & MASK);
          quotient = (quotient << STEP) | (dividend / total);
          remainder = dividend % total;
        }
      }
      parts[i] = quotient;
      remainders[i] = remainder;
      left -= quotient;
    }
    giveOut(left, remainders, parts);
    return signed(amount, parts);
  }

  /** Gives one unit each to the largest remainders. */
  private static void giveOut(long units, long[] remainders, long[] parts) {
    if (units == 0) {
      return;
    }
    long[] sorted = remainders.clone();
    Arrays.sort(sorted);
    long least = sorted[sorted.length - (int) units];
    long ties = units;
    for (int i = 0; i < parts.length; i++) {
      if (remainders[i] > least) {
        parts[i]++;
        ties--;
      }
    }
    for (int i = 0; ties > 0; i++) {
      if (remainders[i] == least) {
        parts[i]++;
        ties--;
      }
    }
  }

  /** Partitions whatever the size; also what the shorter way is tested against. */
  static long[] inBigIntegers(long amount, long[] weights) {
    BigInteger total =
        Arrays.stream(weights)
            .mapToObj(BigInteger::valueOf)
            .reduce(BigInteger.ZERO, BigInteger::add);
    long[] parts = new long[weights.length];
    BigInteger absolute = BigInteger.valueOf(amount).abs();
    BigInteger[] remainders = new BigInteger[parts.length];
    BigInteger left = absolute;
    for (int i = 0; i < parts.length; i++) {
      BigInteger[] quotient =
          absolute.multiply(BigInteger.valueOf(weights[i])).divideAndRemainder(total);
      parts[i] = quotient[0].longValueExact();
      remainders[i] = quotient[1];
      left = left.subtract(quotient[0]);
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      order.add(i);
    }
    order.sort(Comparator.comparing((Integer i) -> remainders[i]).reversed());
    for (int i = 0; i < left.intValueExact(); i++) {
      parts[order.get(i)]++;
    }
    return signed(amount, parts);
  }

  private static long[] signed(long amount, long[] parts) {
    if (amount < 0) {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = -parts[i];
      }
    }
    return parts;
  }
}

package io.tracegram.ledger.quantity;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Partitions an integer amount so that the parts add up to it exactly. Stateless. */
public final class LargestRemainder {
  private LargestRemainder() {}

  /**
   * Partitions {@code amount} in proportion to {@code weights}: each part is rounded down, the
   * units left over go to the largest remainders, ties to the part that comes first.
   *
   * @param amount any sign; a negative amount is partitioned by its absolute value
   * @param weights ≥ 0, at least one of them positive unless the amount is zero
   */
  public static long[] partition(long amount, List<Long> weights) {
    long[] parts = new long[weights.size()];
    if (amount == 0) {
      return parts;
    }
    BigInteger total = BigInteger.ZERO;
    for (long weight : weights) {
      if (weight < 0) {
        throw new IllegalArgumentException("negative weight " + weight);
      }
      total = total.add(BigInteger.valueOf(weight));
    }
    if (total.signum() == 0) {
      throw new IllegalArgumentException("nothing to partition " + amount + " over");
    }
    BigInteger absolute = BigInteger.valueOf(amount).abs();
    BigInteger[] remainders = new BigInteger[parts.length];
    BigInteger left = absolute;
    for (int i = 0; i < parts.length; i++) {
      BigInteger[] quotient =
          absolute.multiply(BigInteger.valueOf(weights.get(i))).divideAndRemainder(total);
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
    if (amount < 0) {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = -parts[i];
      }
    }
    return parts;
  }
}

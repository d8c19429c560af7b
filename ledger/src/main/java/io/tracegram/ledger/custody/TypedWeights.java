package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which weights people typed, and how much of a mass rests on them; such a part is rounded up, so
 * that it is never told too small. Single-threaded.
 */
final class TypedWeights {
  private final Map<LotId, Long> lots;
  private final Map<Long, Long> inputs;

  /**
   * All of it; not copied.
   *
   * @param lots whose own weight was typed, each with the leaf of the entry
   * @param inputs leaves of scans whose weight was typed, each with the leaf of the entry
   */
  record State(Map<LotId, Long> lots, Map<Long, Long> inputs) {
    static State empty() {
      return new State(new LinkedHashMap<>(), new LinkedHashMap<>());
    }
  }

  TypedWeights(State state) {
    lots = state.lots;
    inputs = state.inputs;
  }

  State state() {
    return new State(lots, inputs);
  }

  /** Notes that a new lot's own weight was typed. */
  void lot(LotId lot, long entry) {
    lots.put(lot, entry);
  }

  /** Notes that the weight of an input's scan was typed. */
  void input(long scan, long entry) {
    inputs.put(scan, entry);
  }

  /** Forgets what was said of an input's scan. */
  void forgetInput(long scan) {
    inputs.remove(scan);
  }

  /** Notes that a new lot was weighed. */
  void weighed(LotId lot) {
    lots.remove(lot);
  }

  /** Returns the leaf of the entry that a lot's own weight rests on. */
  Optional<Long> entry(LotId lot) {
    return Optional.ofNullable(lots.get(lot));
  }

  /** Returns how much of a new lot's mass rests on its own weight, if that was typed: all. */
  Mass own(LotId lot, Mass mass) {
    return lots.containsKey(lot) ? mass : Mass.ZERO;
  }

  /**
   * Returns how much of what is taken from a lot rests on typed weights.
   *
   * @param scan leaf of the input's scan
   */
  Mass of(Stock lot, LotQuantity taken, long scan) {
    return inputs.containsKey(scan) ? taken.mass() : part(taken.mass(), lot.typed(), lot.mass());
  }

  /** Returns the part of a mass that is to it as a typed part is to its whole, rounded up. */
  static Mass part(Mass mass, Mass typed, Mass whole) {
    if (typed.milligrams() == 0) {
      return Mass.ZERO;
    }
    BigInteger[] quotient =
        BigInteger.valueOf(mass.milligrams())
            .multiply(BigInteger.valueOf(typed.milligrams()))
            .divideAndRemainder(BigInteger.valueOf(whole.milligrams()));
    long up = quotient[1].signum() > 0 ? 1 : 0;
    return new Mass(Math.min(mass.milligrams(), quotient[0].longValueExact() + up));
  }
}

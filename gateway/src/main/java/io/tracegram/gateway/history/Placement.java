package io.tracegram.gateway.history;

import io.tracegram.gateway.history.KnownEnergy.Stretch;
import io.tracegram.ledger.energy.Limits;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Finds where a register of interval energy may begin, so that the accounts see it go on where it
 * touches what is known, and see a reset where it does not. Immutable.
 *
 * @param limits of the meter
 * @param before what is known before the block
 * @param after what is known after it
 */
record Placement(Limits limits, Optional<Stretch> before, Optional<Stretch> after) {
  /** Where the first file's register begins, mWh: far up, so that earlier files fit below. */
  static final long FIRST = 4_000_000_000_000_000L;

  /** Twice what no register steps by. */
  private static final long CLEAR = 20_000_000L;

  /**
   * A file's own energy, without what is known already.
   *
   * @param first its first period, of a register that begins at 0
   * @param toMillis its end
   * @param rise of its register from its begin to its end, mWh; falls at gaps counted
   * @param lowest at which it may begin so that it stays above 0, mWh
   * @param highest at which it may begin, mWh
   */
  record Block(Stretch first, long toMillis, long rise, long lowest, long highest) {
    long fromMillis() {
      return first.fromMillis();
    }

    Stretch firstFrom(long base) {
      return new Stretch(first.fromMillis(), first.toMillis(), base, base + first.toLevel());
    }
  }

  /** Returns where the register begins, mWh; empty if no place fits. */
  OptionalLong of(Block block) {
    LongStream goingOn =
        before.stream()
            .filter(it -> it.toMillis() == block.fromMillis())
            .mapToLong(Stretch::toLevel);
    LongStream upTo =
        after.stream()
            .filter(it -> it.fromMillis() == block.toMillis)
            .mapToLong(it -> it.fromLevel() - block.rise);
    LongStream above =
        before.stream()
            .mapToLong(
                it ->
                    it.toLevel() + CLEAR + 4 * limits.most(block.first.toMillis() - it.toMillis()));
    LongStream falling = after.stream().mapToLong(it -> it.toLevel() - block.rise + CLEAR);
    LongStream alone =
        before.isEmpty() && after.isEmpty()
            ? LongStream.of(Math.max(block.lowest, FIRST))
            : LongStream.empty();
    return Stream.of(goingOn, upTo, above, falling, alone)
        .flatMapToLong(candidates -> candidates)
        .filter(base -> fits(block, base))
        .findFirst();
  }

  /** Says whether the accounts will understand a register that begins there. */
  boolean fits(Block block, long base) {
    return base >= block.lowest
        && base <= block.highest
        && before.map(it -> joins(it.toMillis(), it.toLevel(), block.firstFrom(base))).orElse(true)
        && after.map(it -> joins(block.toMillis, base + block.rise, it)).orElse(true);
  }

  /**
   * At one moment a register has one value; across a gap it must not look as if it had counted,
   * neither at the first reading after it nor at the second, which decides.
   */
  private boolean joins(long millis, long level, Stretch next) {
    return millis == next.fromMillis()
        ? level == next.fromLevel()
        : isReset(next.fromMillis() - millis, next.fromLevel() - level)
            && isReset(next.toMillis() - millis, next.toLevel() - level);
  }

  private boolean isReset(long millis, long rise) {
    return rise < 0 || rise > limits.most(millis) + CLEAR / 2;
  }
}

package io.tracegram.ledger.quantity;

import java.math.BigDecimal;

/**
 * A volume in whole millilitres, negative for a correction.
 *
 * <p>One unit for both states: it resolves a fuel pump (10 mL) and a gas meter (1 L) alike, and its
 * range is beyond any pipeline's year.
 *
 * @param millilitres mL, the full range of {@code long} (9.2 · 10⁹ m³)
 */
public record Volume(long millilitres) implements Comparable<Volume> {
  public static final Volume ZERO = new Volume(0);

  public static Volume ofLitres(long litres) {
    return new Volume(Math.multiplyExact(litres, 1_000L));
  }

  public static Volume ofCubicMetres(long cubicMetres) {
    return new Volume(Math.multiplyExact(cubicMetres, 1_000_000L));
  }

  public Volume plus(Volume other) {
    return new Volume(Math.addExact(millilitres, other.millilitres));
  }

  public Volume minus(Volume other) {
    return new Volume(Math.subtractExact(millilitres, other.millilitres));
  }

  /** Returns the volume in litres as a canonical decimal, for people and JSON. */
  public String litres() {
    return Decimals.canonical(BigDecimal.valueOf(millilitres, 3));
  }

  @Override
  public int compareTo(Volume other) {
    return Long.compare(millilitres, other.millilitres);
  }
}

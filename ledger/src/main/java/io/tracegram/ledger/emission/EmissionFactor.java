package io.tracegram.ledger.emission;

import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * An exact emission factor and where it comes from.
 *
 * @param id stable name, unique with its edition
 * @param kgPerUnit kg CO2e per unit, ≥ 0
 * @param unit what the factor is per
 * @param edition of the source, such as {@code 2024}
 * @param boundary what is included, such as {@code generation}, {@code life-cycle}
 * @param gwpSet such as {@code AR5}
 * @param quality what is stated of its own quality
 */
public record EmissionFactor(
    String id,
    BigDecimal kgPerUnit,
    Unit unit,
    String edition,
    String boundary,
    String gwpSet,
    String source,
    String licence,
    FactorQuality quality) {
  private static final BigDecimal MICROGRAMS_PER_KG = BigDecimal.valueOf(1_000_000_000L);

  /** What a factor is per; the ordinal is the wire form. */
  public enum Unit {
    /** kg CO2e per kWh of electricity or heat. */
    KWH,
    /** kg CO2e per kg of material. */
    KG,
    /** kg CO2e per kWh of fuel on its gross (higher) calorific value. */
    KWH_GROSS,
    /** kg CO2e per kWh of fuel on its net (lower) calorific value. */
    KWH_NET,
    /** kg CO2e per m³ of gas at the conditions that its source names. */
    CUBIC_METRE,
    /** kg CO2e per litre of liquid fuel. */
    LITRE,
    /** kg CO2e per tonne and kilometre. */
    TONNE_KM,
    /** kg CO2e per piece. */
    PIECE
  }

  public EmissionFactor {
    if (!isBounded(kgPerUnit)) {
      throw new IllegalArgumentException("factor " + id + " is negative or too long");
    }
  }

  /** A factor of whose quality nothing is stated. */
  public EmissionFactor(
      String id,
      BigDecimal kgPerUnit,
      Unit unit,
      String edition,
      String boundary,
      String gwpSet,
      String source,
      String licence) {
    this(id, kgPerUnit, unit, edition, boundary, gwpSet, source, licence, FactorQuality.NONE);
  }

  /** Returns the same factor of another quality. */
  public EmissionFactor with(FactorQuality stated) {
    return new EmissionFactor(
        id, kgPerUnit, unit, edition, boundary, gwpSet, source, licence, stated);
  }

  public Optional<BigDecimal> u95Percent() {
    return quality.u95Percent();
  }

  /** Returns how a price cites it. */
  public String citation() {
    return id + " " + edition;
  }

  static boolean isBounded(BigDecimal value) {
    return value.signum() >= 0 && value.precision() <= 18 && Math.abs(value.scale()) <= 18;
  }

  /** Returns the posting for an amount of energy, rounded half-even to µg. */
  public Co2e of(Energy energy) {
    require(Unit.KWH);
    return times(energy.milliwattHours());
  }

  /** Returns the CO2e of a mass of material, rounded half-even to µg. */
  public Co2e of(Mass mass) {
    require(Unit.KG);
    return times(mass.milligrams());
  }

  /** Returns the CO2e of millionths of the unit, whatever that is, rounded half-even to µg. */
  public Co2e ofMillionths(long millionths) {
    return times(millionths);
  }

  /** Returns the CO2e of carrying a mass over a distance, rounded half-even to µg. */
  public Co2e of(Mass mass, long metres) {
    require(Unit.TONNE_KM);
    return new Co2e(
        kgPerUnit
            .multiply(BigDecimal.valueOf(mass.milligrams()))
            .multiply(BigDecimal.valueOf(metres))
            .movePointLeft(3) // 10⁹ µg in a kg, 10⁹ mg in a tonne, 10³ m in a km
            .setScale(0, RoundingMode.HALF_EVEN)
            .longValueExact());
  }

  /** Returns the CO2e of a number of pieces, rounded half-even to µg. */
  public Co2e ofPieces(long pieces) {
    require(Unit.PIECE);
    return product(kgPerUnit, pieces, 0);
  }

  private Co2e times(long baseUnits) {
    return product(kgPerUnit, baseUnits, 6);
  }

  /** Returns the CO2e of base units of which 10^{@code digits} are one unit. */
  static Co2e product(BigDecimal kgPerUnit, long baseUnits, int digits) {
    return new Co2e(
        kgPerUnit
            .multiply(MICROGRAMS_PER_KG)
            .multiply(BigDecimal.valueOf(baseUnits, digits))
            .setScale(0, RoundingMode.HALF_EVEN)
            .longValueExact());
  }

  private void require(Unit expected) {
    if (unit != expected) {
      throw new IllegalStateException("factor " + id + " is per " + unit + ", not " + expected);
    }
  }
}

package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * What the accounts need of a supplier's product footprint (PACT v3), exactly as it is declared;
 * immutable. Whoever has the declared bytes can read it again and compare.
 *
 * @param id UUID of the footprint, in small letters
 * @param active false if it is deprecated
 * @param preceding ids of the footprints that it replaces
 * @param company the name of who declares it
 * @param companyIds URNs of who declares it, at least one
 * @param product the name that the company gives it
 * @param gtins of the product, 14 digits each; empty if it names none
 * @param kilograms CO2e of {@code per}, without the biogenic uptake, ≥ 0
 * @param primaryPercent the part of it that rests on primary data, 0 to 100
 * @param valid when lots of the product may rest on it
 * @param reference the time it was calculated for
 * @param gwp sets of global warming potentials that it rests on, ascending
 */
public record DeclaredFootprint(
    String id,
    boolean active,
    List<String> preceding,
    String company,
    List<String> companyIds,
    String product,
    List<String> gtins,
    Quantity per,
    BigDecimal kilograms,
    BigDecimal primaryPercent,
    Period valid,
    Period reference,
    List<Gwp> gwp) {
  public static final int MOST_PRECEDING = 32;
  public static final int MOST_COMPANY_IDS = 8;
  public static final int MOST_GTINS = 32;

  /** Longest text, in bytes of UTF-8. */
  public static final int MAX_TEXT = 256;

  /** Decimals have at most so many digits, and so many of them after the point. */
  public static final int MAX_DIGITS = 18;

  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-";
  private static final BigDecimal MOST_PER_KILOGRAM = BigDecimal.valueOf(100_000);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal MOST_OF_A_LOT =
      BigDecimal.TEN.pow(15); // µg: 1,000 t, as by passport

  /** What a footprint is per; the ordinal is the wire form. */
  public enum Unit {
    LITER,
    KILOGRAM,
    CUBIC_METER,
    KILOWATT_HOUR,
    MEGAJOULE,
    TON_KILOMETER,
    SQUARE_METER,
    PIECE,
    HOUR,
    MEGABIT_SECOND
  }

  /** A set of global warming potentials; the ordinal is the wire form. */
  public enum Gwp {
    AR5,
    AR6
  }

  /**
   * How much of the product the footprint is of.
   *
   * @param amount of units, &gt; 0
   * @param unitKilograms mass of one unit, &gt; 0
   */
  public record Quantity(Unit unit, BigDecimal amount, BigDecimal unitKilograms) {
    public Quantity {
      if (!isPositive(amount) || !isPositive(unitKilograms)) {
        throw new IllegalArgumentException("a footprint is per an amount that has a mass");
      }
    }

    /** Returns the mass of the product that the footprint is of, kg. */
    public BigDecimal kilograms() {
      return amount.multiply(unitKilograms);
    }
  }

  /** A time {@code [fromMillis, toMillis)}, ms since 1970 UTC. */
  public record Period(long fromMillis, long toMillis) {
    public Period {
      if (fromMillis < 0 || toMillis <= fromMillis) {
        throw new IllegalArgumentException("a period ends after it began");
      }
    }

    public boolean holds(long millis) {
      return fromMillis <= millis && millis < toMillis;
    }
  }

  public DeclaredFootprint {
    preceding = List.copyOf(preceding);
    companyIds = List.copyOf(companyIds);
    gtins = List.copyOf(gtins);
    gwp = List.copyOf(gwp);
    if (!isId(id) || !preceding.stream().allMatch(DeclaredFootprint::isId)) {
      throw new IllegalArgumentException("a footprint's id is a UUID of version 4");
    }
    if (preceding.contains(id)) {
      throw new IllegalArgumentException("a footprint does not replace itself");
    }
    if (companyIds.isEmpty() || gwp.isEmpty()) {
      throw new IllegalArgumentException("a footprint names its company and its GWP set");
    }
    if (!gtins.stream().allMatch(gtin -> gtin.matches("\\d{14}"))) {
      throw new IllegalArgumentException("a GTIN has 14 digits");
    }
    if (!isExact(kilograms)
        || kilograms.compareTo(per.kilograms().multiply(MOST_PER_KILOGRAM)) > 0) {
      throw new IllegalArgumentException("a footprint is 0 to 100,000 kg CO2e per kg");
    }
    if (!isExact(primaryPercent) || primaryPercent.compareTo(HUNDRED) > 0) {
      throw new IllegalArgumentException("a primary data share is 0 to 100 %");
    }
  }

  /** Says whether a text is a UUID of version 4 in small letters. */
  public static boolean isId(String text) {
    return text.matches(UUID + "[0-9a-f]{12}");
  }

  /**
   * Returns the CO2e of a mass of the product, rounded half-even to µg; empty if that is beyond
   * what a lot can carry.
   */
  public Optional<Co2e> of(Mass mass) {
    BigDecimal micrograms =
        kilograms
            .multiply(BigDecimal.valueOf(mass.milligrams()))
            .movePointRight(3)
            .divide(per.kilograms(), 0, RoundingMode.HALF_EVEN);
    return micrograms.compareTo(MOST_OF_A_LOT) > 0
        ? Optional.empty()
        : Optional.of(new Co2e(micrograms.longValueExact()));
  }

  /** Returns the part of an amount of it that rests on primary data, rounded half-even to µg. */
  public Co2e primary(Co2e whole) {
    return new Co2e(
        primaryPercent
            .multiply(BigDecimal.valueOf(whole.micrograms()))
            .movePointLeft(2)
            .setScale(0, RoundingMode.HALF_EVEN)
            .longValueExact());
  }

  /** Says whether the same company declares another one. */
  public boolean isOfCompanyOf(DeclaredFootprint other) {
    return companyIds.stream().anyMatch(other.companyIds::contains);
  }

  private static boolean isPositive(BigDecimal value) {
    return isExact(value) && value.signum() > 0;
  }

  private static boolean isExact(BigDecimal value) {
    return value.signum() >= 0
        && value.precision() <= MAX_DIGITS
        && value.scale() >= 0
        && value.scale() <= MAX_DIGITS;
  }
}

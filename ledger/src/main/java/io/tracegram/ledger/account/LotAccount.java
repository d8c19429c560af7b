package io.tracegram.ledger.account;

import io.tracegram.ledger.claim.Coverage;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What one lot carries; immutable. {@code inherited + own.co2e = total}, exactly.
 *
 * @param mass when it was produced or received
 * @param own direct energy of its production in this facility, and the CO2e of it on the headline
 *     basis with what it absorbed of the facility's overhead
 * @param inherited carried by its inputs
 * @param secondary the part that rests on secondary factors
 * @param inputs what it was made of
 * @param detail by component; empty by an earlier calculator
 * @param claims what is claimed of its material
 */
public record LotAccount(
    LotId lot,
    String material,
    Mass mass,
    Share own,
    Co2e inherited,
    Co2e secondary,
    List<Input> inputs,
    Optional<LotDetail> detail,
    Coverage claims) {
  /** A consumed part of a lot with the CO2e that it brought along. */
  public record Input(LotId lot, String material, Mass mass, Co2e inherited, Basis basis) {}

  /** Where a received lot's figure comes from; the ordinal is the wire form. */
  public enum Basis {
    /** A supplier's proven account of exactly this lot. */
    PASSPORT,
    /** A secondary factor of the plant model. */
    SECONDARY,
    /** Made in this facility. */
    OWN,
    /** A footprint that its supplier declared, of this lot or of its product. */
    DECLARED
  }

  public LotAccount {
    inputs = List.copyOf(inputs);
  }

  /** An account of an earlier calculator. */
  public LotAccount(
      LotId lot,
      String material,
      Mass mass,
      Share own,
      Co2e inherited,
      Co2e secondary,
      List<Input> inputs) {
    this(lot, material, mass, own, inherited, secondary, inputs, Optional.empty(), Coverage.NONE);
  }

  /** An account whose figures follow from its detail. */
  public LotAccount(
      LotId lot,
      String material,
      Mass mass,
      Energy electricity,
      List<Input> inputs,
      LotDetail detail) {
    this(lot, material, mass, electricity, inputs, detail, Coverage.NONE);
  }

  /** An account whose figures follow from its detail, with what is claimed of the lot. */
  public LotAccount(
      LotId lot,
      String material,
      Mass mass,
      Energy electricity,
      List<Input> inputs,
      LotDetail detail,
      Coverage claims) {
    this(
        lot,
        material,
        mass,
        new Share(electricity, detail.direct().plus(detail.absorbed()).total(detail.headline())),
        detail.brought().total(detail.headline()),
        new Co2e(detail.carried().secondary()),
        inputs,
        Optional.of(detail),
        claims);
  }

  /** Says whether it is the lot's first account, and not a restatement. */
  public boolean isFirst() {
    return revision() == 0;
  }

  /** Returns 0 for the first account, then one more for each restatement. */
  public int revision() {
    return detail.map(known -> known.revision().number()).orElse(0);
  }

  public Co2e total() {
    return own.co2e().plus(inherited);
  }

  /** Returns by which policy its primary data was counted. */
  public PrimaryPolicy primaryPolicy() {
    return detail.map(LotDetail::primary).orElse(PrimaryPolicy.DEFAULT);
  }

  /**
   * Returns 100·ΣP/ΣC, the percentage of the total that is primary, 0 to 100 with two decimals,
   * half-even; empty if there is no positive total to have a part of.
   */
  public Optional<BigDecimal> primaryDataShare() {
    return PrimaryPolicy.share(total(), secondary);
  }
}

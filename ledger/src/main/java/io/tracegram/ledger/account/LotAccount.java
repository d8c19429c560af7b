package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;

/**
 * What one lot carries; immutable. {@code inherited + own.co2e = total}, exactly.
 *
 * @param mass when it was produced or received
 * @param own direct energy and location-based scope 2 CO2e of its production in this facility
 * @param inherited carried by its inputs
 * @param secondary the part of {@code inherited} that rests on secondary factors
 * @param inputs what it was made of
 */
public record LotAccount(
    LotId lot,
    String material,
    Mass mass,
    Share own,
    Co2e inherited,
    Co2e secondary,
    List<Input> inputs) {
  /** A consumed part of a lot with the CO2e that it brought along. */
  public record Input(LotId lot, String material, Mass mass, Co2e inherited, Basis basis) {}

  /** Where a received lot's figure comes from; the ordinal is the wire form. */
  public enum Basis {
    /** A supplier's proven account of exactly this lot. */
    PASSPORT,
    /** A secondary factor of the plant model. */
    SECONDARY,
    /** Made in this facility. */
    OWN
  }

  public LotAccount {
    inputs = List.copyOf(inputs);
  }

  public Co2e total() {
    return own.co2e().plus(inherited);
  }
}

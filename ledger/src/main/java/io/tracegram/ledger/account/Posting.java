package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.quantity.Co2e;
import java.util.List;
import java.util.Optional;

/**
 * What one source brought into a facility in an interval; immutable.
 *
 * @param source id of its meter
 * @param carrier of energy; with {@code /} and a unit of combined heat and power where the fuel is
 *     that unit's alone, so that it is no part of what the carrier's other sources bring
 * @param amount used here, after exports; mWh, or millionths of the carrier's unit
 * @param biogenic CO2 of it, outside the scopes
 * @param prices by rising basis; a basis that is not among them is not accounted
 */
public record Posting(
    String source, String carrier, Scope scope, long amount, Co2e biogenic, List<Price> prices) {
  /** Stands between a carrier and the unit whose fuel it is. */
  static final String OF_UNIT = "/";

  public Posting {
    prices = List.copyOf(prices);
  }

  /** Returns the carrier that a posting's or an entry's carrier is of. */
  public static String carrierOf(String carrier) {
    int unit = carrier.indexOf(OF_UNIT);
    return unit < 0 ? carrier : carrier.substring(0, unit);
  }

  /** Returns the same amount with other prices. */
  Posting priced(List<Price> others) {
    return new Posting(source, carrier, scope, amount, biogenic, others);
  }

  public Optional<Price> price(Basis basis) {
    return prices.stream().filter(price -> price.basis() == basis).findFirst();
  }
}

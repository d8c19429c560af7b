package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.quantity.Co2e;
import java.util.List;
import java.util.Optional;

/**
 * What one source brought into a facility in an interval; immutable.
 *
 * @param source id of its meter
 * @param carrier of energy
 * @param amount used here, after exports; mWh, or millionths of the carrier's unit
 * @param biogenic CO2 of it, outside the scopes
 * @param prices by rising basis; a basis that is not among them is not accounted
 */
public record Posting(
    String source, String carrier, Scope scope, long amount, Co2e biogenic, List<Price> prices) {
  public Posting {
    prices = List.copyOf(prices);
  }

  public Optional<Price> price(Basis basis) {
    return prices.stream().filter(price -> price.basis() == basis).findFirst();
  }
}

package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.ContainerId;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Stock;
import io.tracegram.ledger.quantity.Mass;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A lot as the ledger knows it now; immutable.
 *
 * @param mass received or produced
 * @param remaining not yet consumed or shipped
 * @param account final figures, present once every interval of its production is closed and every
 *     input's figure is known
 * @param accountLeaf index of the account's leaf, once it is logged
 * @param provisionalOwn own share of the intervals closed so far
 * @param priced false if one of those lacks a factor: then the CO2e of {@code provisionalOwn} is a
 *     part, and the whole is not known
 * @param haul how it came, if it was received and a route is declared for it
 * @param unit it is packed in or bound to, or left in
 * @param weighed whether a scale weighed it; else a person typed its weight
 * @param typed how much of {@code mass} rests on weights that people typed, its own or those of
 *     what it was made of
 */
public record LotState(
    LotId lot,
    String material,
    State state,
    Mass mass,
    Mass remaining,
    long sinceMillis,
    Optional<LotAccount> account,
    OptionalLong accountLeaf,
    Share provisionalOwn,
    boolean priced,
    Optional<Haul> haul,
    Optional<ContainerId> unit,
    boolean weighed,
    Mass typed) {
  /** Where a lot is. */
  public enum State {
    /** Received, waiting to be used. */
    IN_STOCK,
    /** Produced here. */
    PRODUCED,
    CONSUMED,
    SHIPPED;

    static State of(Stock.Place place) {
      return switch (place) {
        case RECEIVED -> IN_STOCK;
        case PRODUCED -> PRODUCED;
        case CONSUMED, SCRAPPED -> CONSUMED;
        case SHIPPED -> SHIPPED;
      };
    }
  }
}

package io.tracegram.ledger.account;

import io.tracegram.ledger.energy.Slice;
import io.tracegram.ledger.plant.Cogeneration;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.LargestRemainder;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a unit of combined heat and power did in an interval. Immutable.
 *
 * <p>The fuel's own posting keeps what neither heat nor used power carries: the part of power that
 * was exported, or all of it where there is nothing to split it by. It is a pool of its own, so
 * that the carrier's other sources and users have no part in it.
 *
 * @param fuel all of it, priced as if it were simply burned
 * @param burned what the fuel's meter counted
 * @param used power, after exports
 * @param certificatesSold whether the power counts as purchased too by market
 */
record FuelRun(
    Cogeneration unit,
    Posting fuel,
    Slice burned,
    Slice heat,
    Slice power,
    long used,
    boolean certificatesSold) {
  /** Begins the factor of a fuel whose amount is unknown, before its meter's id. */
  static final String UNREAD = "no reading of ";

  /** Stands between a fuel's factor and the method by which what it emits is split. */
  static final String SPLIT_BY = " by ";

  /** Stands between a fuel's factor and why what it emits is not split. */
  static final String NOT_SPLIT = ", not split: ";

  /** An amount of the fuel's emissions, by what carries it. */
  private record Parts(long heat, long power, long own) {}

  /** Returns a posting of the unit's heat or power with its part, any other as it is. */
  Posting carry(Posting posting) {
    if (posting.source().equals(unit.heat())) {
      return carrying(posting, posting.carrier(), Parts::heat);
    }
    if (!posting.source().equals(unit.power())) {
      return posting;
    }
    Posting carried = carrying(posting, posting.carrier(), Parts::power);
    return carried.priced(
        carried.prices().stream()
            .map(
                part -> posting.price(part.basis()).map(plain -> claimed(part, plain)).orElse(part))
            .toList());
  }

  /** Returns the fuel's own posting. */
  Posting own() {
    return carrying(fuel, fuel.carrier() + Posting.OF_UNIT + unit.id(), Parts::own);
  }

  /** Says whether heat and used power carry all that is emitted. */
  boolean isMovedWhole() {
    return whyNotSplit().isEmpty() && power.energy() <= used;
  }

  /** What burned here stays scope 1; who sold the claim to the power has to buy another. */
  private Price claimed(Price part, Price plain) {
    boolean bought =
        certificatesSold
            && switch (part.basis()) {
              case MB_ANNUAL, MB_HOURLY -> true;
              case LB_ANNUAL, LB_HOURLY, PCF_LIFECYCLE -> false;
            };
    return bought
        ? new Price(
            part.basis(),
            part.co2e().flatMap(known -> plain.co2e().map(known::plus)),
            part.factor() + " + " + plain.factor(),
            part.estimated() || plain.estimated())
        : part;
  }

  private Posting carrying(Posting posting, String carrier, ToLongFunction<Parts> share) {
    return new Posting(
        posting.source(),
        carrier,
        Scope.SCOPE_1,
        posting.amount(),
        part(fuel.biogenic(), share),
        fuel.prices().stream().map(price -> part(price, share)).toList());
  }

  private Price part(Price whole, ToLongFunction<Parts> share) {
    return isUnread()
        ? new Price(whole.basis(), Optional.empty(), UNREAD + unit.fuel(), false)
        : new Price(
            whole.basis(),
            whole.co2e().map(known -> part(known, share)),
            whole.factor()
                + whyNotSplit()
                    .map(reason -> NOT_SPLIT + reason)
                    .orElse(SPLIT_BY + unit.method().id() + " of " + unit.fuel()),
            whole.estimated());
  }

  private Co2e part(Co2e whole, ToLongFunction<Parts> share) {
    return new Co2e(share.applyAsLong(parts(whole)));
  }

  private Parts parts(Co2e whole) {
    if (whyNotSplit().isPresent()) {
      return new Parts(0, 0, whole.micrograms());
    }
    return unit.method()
        .split(whole, new Energy(heat.energy()), new Energy(power.energy()))
        .map(
            split -> {
              long[] powers =
                  LargestRemainder.partition(
                      split.power().micrograms(),
                      List.of(used, Math.max(0, power.energy() - used)));
              return new Parts(split.heat().micrograms(), powers[0], powers[1]);
            })
        .orElseThrow();
  }

  /** What was not read at all may be anything; what was read in part counts, and is marked. */
  private boolean isUnread() {
    return burned.missingMillis() >= IntervalAccount.LENGTH_MILLIS;
  }

  private Optional<String> whyNotSplit() {
    if (isUnread() || heat.missingMillis() > 0 || power.missingMillis() > 0) {
      return Optional.of("a meter was not read");
    }
    return heat.energy() == 0 && power.energy() == 0
        ? Optional.of("neither heat nor power")
        : Optional.empty();
  }
}

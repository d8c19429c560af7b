package io.tracegram.gateway.account;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.PlantModel;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says which calendar month of the plant's zone can be closed: one whose quarters of an hour are
 * all accounted, when plant time is past it by a time in which late readings come. Stateless.
 *
 * @param settle how long after its end a month is closed
 */
public record PeriodClock(Duration settle) {
  public static final PeriodClock DEFAULT = new PeriodClock(Duration.ofDays(10));

  /** Returns the oldest month that can be closed. */
  Optional<Body.PeriodClose> due(FacilityLedger ledger) {
    OptionalLong open = ledger.firstOpenInterval();
    if (open.isEmpty() || ledger.plantMillis().isEmpty() || ledger.plant().isEmpty()) {
      return Optional.empty();
    }
    PlantModel plant = ledger.plant().get();
    ZoneId zone = ZoneId.of(plant.timeZone());
    YearMonth month = YearMonth.from(Instant.ofEpochMilli(open.getAsLong()).atZone(zone));
    long to = start(month.plusMonths(1), zone);
    if (to > ledger.closedThroughMillis().orElse(Long.MIN_VALUE)
        || to + settle.toMillis() > ledger.plantMillis().getAsLong()) {
      return Optional.empty();
    }
    long start = start(month, zone);
    // the plant's zone was another one when the month before was closed
    long from = ledger.period(start).map(closed -> closed.account().toMillis()).orElse(start);
    return Optional.of(new Body.PeriodClose(from, to));
  }

  private static long start(YearMonth month, ZoneId zone) {
    return IntervalAccount.quarter(month.atDay(1).atStartOfDay(zone).toInstant().toEpochMilli());
  }
}

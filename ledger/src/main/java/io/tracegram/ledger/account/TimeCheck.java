package io.tracegram.ledger.account;

import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.Tag;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Says whether an agent's statement can be of the time it claims. Stateless. */
final class TimeCheck {
  private static final long AHEAD_MILLIS = 120_000L;
  private static final long BEHIND_MILLIS = 400L * 24 * 3_600_000L;

  private TimeCheck() {}

  /** Returns why the time cannot be; simulated plants live in a time of their own. */
  static Optional<String> doubt(Leaf leaf, boolean simulated) {
    Statement statement = leaf.statement().statement();
    long said = statement.wallMillis();
    if (newestMeasured(statement.body(), said) > said + AHEAD_MILLIS) {
      return Optional.of("measured after the statement about it was signed");
    }
    if (oldestMeasured(statement.body(), said) < said - BEHIND_MILLIS) {
      return Optional.of("measured more than 400 days before the statement about it was signed");
    }
    if (statement.clockStatus() == ClockStatus.RELATIVE) {
      return simulated
          ? Optional.empty()
          : Optional.of("says it lives in simulated time, but this plant is real");
    }
    if (said > leaf.receivedMillis() + AHEAD_MILLIS) {
      return Optional.of("signed more than 120 s after it was received");
    }
    return said < leaf.receivedMillis() - BEHIND_MILLIS
        ? Optional.of("signed more than 400 days before it was received")
        : Optional.empty();
  }

  private static long newestMeasured(Body body, long said) {
    return measured(body).max().orElse(said);
  }

  private static long oldestMeasured(Body body, long said) {
    return measured(body).min().orElse(said);
  }

  private static LongStream measured(Body body) {
    return switch (body) {
      case Body.Readings batch ->
          batch.series().stream()
              .flatMapToLong(
                  series -> LongStream.of(least(series.readings()), most(series.readings())));
      case Body.Weight weight -> LongStream.of(weight.measuredMillis());
      case Body.Scan scan -> LongStream.of(scan.scannedMillis());
      case Body.TagRead read -> read.tags().stream().mapToLong(Tag::seenMillis);
      case Body.Gap _,
          Body.Heartbeat _,
          Body.DeviceStatus _,
          Body.Calculator _,
          Body.KeyRegistered _,
          Body.PlantModelDeclared _,
          Body.IntervalClose _,
          Body.LotPassport _,
          Body.FactorSetDeclared _,
          Body.SupplierFootprint _,
          Body.MaterialClaimed _,
          Body.ClaimWithdrawn _,
          Body.EpcisCapture _,
          Body.Imported _,
          Body.ManualEntry _,
          Body.Approval _,
          Body.PeriodClose _,
          Body.Part _,
          Body.ProductDeclared _,
          Body.Derived _ ->
          LongStream.empty();
    };
  }

  private static long least(List<Reading> readings) {
    long least = Long.MAX_VALUE;
    for (Reading reading : readings) {
      least = Math.min(least, reading.measuredMillis());
    }
    return least;
  }

  private static long most(List<Reading> readings) {
    long most = Long.MIN_VALUE;
    for (Reading reading : readings) {
      most = Math.max(most, reading.measuredMillis());
    }
    return most;
  }
}

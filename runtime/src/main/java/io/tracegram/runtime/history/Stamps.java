package io.tracegram.runtime.history;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The moments at which a row's period may end, given its stamp: two where the clock repeats an hour
 * and none where it leaves one out. Single-threaded.
 */
final class Stamps {
  private final Optional<Local> local;
  private final HistoryForm.Stamp stamp;
  private final Duration step;

  private record Local(
      DateTimeFormatter format, String pattern, ZoneId zone, boolean midnightOfPreviousDay) {}

  Stamps(HistoryForm form) {
    this.local =
        form.local()
            .map(
                written ->
                    new Local(
                        HistoryForm.LocalStamps.formatter(written.format()),
                        written.format(),
                        ZoneId.of(written.zone()),
                        written.midnightOfPreviousDay()));
    this.stamp = form.stamp();
    this.step = form.step();
  }

  /** Returns where the row's period may end, earliest first; empty if {@link #whyNot} knows why. */
  List<Instant> ends(String text) {
    try {
      if (local.isPresent()) {
        return ends(local.get(), written(local.get(), text));
      }
      Instant named = Instant.parse(text);
      return List.of(stamp == HistoryForm.Stamp.START ? named.plus(step) : named);
    } catch (DateTimeException e) {
      return List.of();
    }
  }

  /** Says why a stamp names no moment. */
  String whyNot(String text) {
    if (local.isEmpty()) {
      return "has the time '" + text + "', expected UTC such as 2026-11-23T08:00:00Z";
    }
    try {
      LocalDateTime written = written(local.get(), text);
      return "has the time %s, which the clocks of %s leave out"
          .formatted(written, local.get().zone());
    } catch (DateTimeException e) {
      return "has the time '" + text + "', expected " + local.get().pattern();
    }
  }

  private static LocalDateTime written(Local local, String text) {
    LocalDateTime written = LocalDateTime.parse(text, local.format());
    return local.midnightOfPreviousDay() && written.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? written.plusDays(1)
        : written;
  }

  /** Either end of a period may be the one that the clock shows once. */
  private List<Instant> ends(Local local, LocalDateTime written) {
    List<Instant> ends = new ArrayList<>(4);
    Duration toEnd = stamp == HistoryForm.Stamp.START ? step : Duration.ZERO;
    add(ends, local.zone(), written, toEnd);
    switch (stamp) {
      case START -> add(ends, local.zone(), written.plus(step), Duration.ZERO);
      case END -> {
        if (!step.isZero()) {
          add(ends, local.zone(), written.minus(step), step);
        }
      }
      case INSTANT -> {
        // no period, no other end
      }
    }
    ends.sort(null);
    return ends;
  }

  private static void add(List<Instant> ends, ZoneId zone, LocalDateTime written, Duration toEnd) {
    for (ZoneOffset offset : zone.getRules().getValidOffsets(written)) {
      Instant end = written.toInstant(offset).plus(toEnd);
      if (!ends.contains(end)) {
        ends.add(end);
      }
    }
  }
}

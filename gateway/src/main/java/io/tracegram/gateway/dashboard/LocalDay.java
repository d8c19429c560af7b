package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.plant.PlantModel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A calendar day in a facility's time zone: 23, 24 or 25 hours. Immutable.
 *
 * @param zone of the facility
 */
record LocalDay(LocalDate date, ZoneId zone) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter BOTH =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss zzz", Locale.ENGLISH);

  static Optional<LocalDay> of(Optional<PlantModel> plant, OptionalLong plantMillis) {
    if (plant.isEmpty() || plantMillis.isEmpty()) {
      return Optional.empty();
    }
    ZoneId zone = zone(plant.get());
    return Optional.of(
        new LocalDay(
            Instant.ofEpochMilli(plantMillis.getAsLong()).atZone(zone).toLocalDate(), zone));
  }

  static ZoneId zone(PlantModel plant) {
    return ZoneId.of(plant.timeZone());
  }

  /** Inclusive, ms since 1970 UTC. */
  long startMillis() {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /** Exclusive, ms since 1970 UTC. */
  long endMillis() {
    return date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
  }

  String name() {
    return DATE.format(date);
  }

  /** Writes the time of day, minutes. */
  String time(long millis) {
    return time(millis, zone);
  }

  static String time(long millis, ZoneId zone) {
    return TIME.format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  /** Writes date and time with the zone's name. */
  static String moment(long millis, ZoneId zone) {
    return BOTH.format(Instant.ofEpochMilli(millis).atZone(zone));
  }
}

package io.tracegram.runtime.epcis;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads xsd:dateTimeStamp as EPCIS 2.0 writes it: date, time and zone, all of them. Stateless. */
public final class EpcisTime {
  private static final Pattern STAMP =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d{1,30}))?"
              + "(Z|[+-](?:0\\d|1[0-3]):[0-5]\\d|[+-]14:00)");
  private static final Pattern OFFSET = Pattern.compile("[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00)");
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private EpcisTime() {}

  /**
   * Returns the instant, rounded to milliseconds as the reference implementation of the event hash
   * rounds: the first six decimals, half to the even; empty if this is no such time.
   */
  public static Optional<Instant> instant(String text) {
    Matcher stamp = STAMP.matcher(text);
    if (!stamp.matches()) {
      return Optional.empty();
    }
    try {
      LocalDateTime local = LocalDateTime.parse(stamp.group(1) + "T" + stamp.group(2));
      String fraction = stamp.group(3) == null ? "" : stamp.group(3);
      Instant instant =
          local
              .toInstant(ZoneOffset.of(stamp.group(4)))
              .plusMillis(millis((fraction + "000000").substring(0, 6)));
      int year = instant.atOffset(ZoneOffset.UTC).getYear();
      return year >= 1 && year <= 9999 ? Optional.of(instant) : Optional.empty();
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static int millis(String micros) {
    int whole = Integer.parseInt(micros);
    int rest = whole % 1_000;
    int millis = whole / 1_000;
    return rest > 500 || (rest == 500 && millis % 2 == 1) ? millis + 1 : millis;
  }

  /** Returns {@code 2026-11-24T08:00:00.000Z}: of one length, so that texts sort as times do. */
  public static String utc(Instant instant) {
    return UTC.format(instant);
  }

  /** Whether this is an {@code eventTimeZoneOffset}, such as {@code +01:00}. */
  static boolean isOffset(String text) {
    return OFFSET.matcher(text).matches();
  }
}
